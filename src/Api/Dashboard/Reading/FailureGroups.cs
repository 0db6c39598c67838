using BusIngest.Bus.Delivery;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Dashboard.Reading;

/// <summary>Counts failed messages.</summary>
internal sealed class FailureGroups(DeliveryContext context)
{
    private const int MostGroups = 100;

    /// <summary>How many there are at each endpoint that has any.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountByEndpointAsync(CancellationToken cancellationToken) =>
        await context.ReadAsync(() => context.FailedMessages
            .GroupBy(x => x.Endpoint)
            .Select(group => new { group.Key, Count = group.LongCount() })
            .ToDictionaryAsync(x => x.Key, x => x.Count, StringComparer.Ordinal, cancellationToken));

    /// <summary>What failed for the same reason, the latest first.</summary>
    public async Task<IReadOnlyList<FailureGroup>> ListAsync(CancellationToken cancellationToken) =>
        await context.ReadAsync(() => context.FailedMessages
            .GroupBy(x => new { x.MessageType, x.Endpoint, x.ExceptionType })
            .OrderByDescending(group => group.Max(x => x.Seq))
            .Take(MostGroups)
            .Select(group => new FailureGroup(
                group.Key.MessageType, group.Key.Endpoint, group.Key.ExceptionType, group.LongCount(), group.Min(x => x.FailedAt), group.Max(x => x.FailedAt)))
            .ToListAsync(cancellationToken));
}

/// <summary>Messages that failed for the same reason.</summary>
/// <param name="Type">The messages' name.</param>
/// <param name="Endpoint">The endpoint that gave up.</param>
/// <param name="Exception">The exception's type.</param>
/// <param name="Count">How many.</param>
/// <param name="First">When the first of them failed.</param>
/// <param name="Last">When the last one did.</param>
internal sealed record FailureGroup(string Type, string Endpoint, string Exception, long Count, DateTimeOffset First, DateTimeOffset Last);
