using System.Globalization;
using BusIngest.Api.Orders;
using BusIngest.Contracts.Orders;

namespace BusIngest.Api.Commands;

/// <summary>Shows a run in lines, for a file or a pipe: one for each phase, and one every now and then.</summary>
internal sealed class PlainOrdersProgress(TextWriter text) : IOrdersProgress
{
    private const long EveryMs = 2_000;

    public async Task<OrdersStatus> ShowAsync(IAsyncEnumerable<OrdersStatus> statuses)
    {
        OrdersStatus? shown = null, last = null;
        await foreach (var status in statuses)
        {
            last = status;
            if (shown is not null && string.Equals(shown.Phase, status.Phase, StringComparison.Ordinal) && status.WallClockMs < shown.WallClockMs + EveryMs)
                continue;

            shown = status;
            await text.WriteLineAsync(Line(status));
        }

        return last ?? throw new InvalidOperationException("A run has at least one status");
    }

    private static string Line(OrdersStatus status)
    {
        var eta = status.Eta.EstimatedMs is { } left && OrderPhases.IsActive(status.Phase)
            ? string.Create(CultureInfo.InvariantCulture, $", {left / 1_000.0:0.0} s left")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{status.Phase}: {status.Progress.Generated:N0} of {status.Progress.Target:N0} generated, {status.Counts.Vip:N0} VIP and "
            + $"{status.Counts.Normal:N0} NORMAL processed{eta}");
    }
}
