using System.Text.Json;
using BusIngest.Api.Orders;

namespace BusIngest.Api.Commands;

/// <summary>Shows a run as lines of JSON, each a status as GET /pedidos answers it: at every phase, every now and then, and at the end.</summary>
internal sealed class JsonOrdersProgress(TextWriter text) : IOrdersProgress
{
    private const long EveryMs = 2_000;

    public async Task<OrdersStatus> ShowAsync(IAsyncEnumerable<OrdersStatus> statuses)
    {
        OrdersStatus? shown = null, last = null;
        await foreach (var status in statuses)
        {
            last = status;
            if (shown is null || !string.Equals(shown.Phase, status.Phase, StringComparison.Ordinal) || status.WallClockMs >= shown.WallClockMs + EveryMs)
                await WriteAsync(shown = status);
        }

        if (last is null)
            throw new InvalidOperationException("A run has at least one status");
        if (!ReferenceEquals(last, shown))
            await WriteAsync(last);
        return last;
    }

    private Task WriteAsync(OrdersStatus status) => text.WriteLineAsync(JsonSerializer.Serialize(status, OrderApiJson.Default.OrdersStatus));
}
