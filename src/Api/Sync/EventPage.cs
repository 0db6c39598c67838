using System.Globalization;
using BusIngest.Api.Hosting;

namespace BusIngest.Api.Sync;

/// <summary>A page of ingested events, the last stored first.</summary>
/// <param name="Events">The events as they were served, with their times normalised.</param>
/// <param name="Next">What to give as `after` for the next page; null at the end.</param>
internal sealed record EventPage(IReadOnlyList<RawJson> Events, string? Next);

/// <summary>How many events there are.</summary>
/// <param name="Count">Their number.</param>
internal sealed record EventCount(long Count);

/// <summary>What events must be; null: anything.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Source">What they were pulled from.</param>
/// <param name="Type">Their type.</param>
/// <param name="UserId">Their user.</param>
/// <param name="From">Their earliest time.</param>
/// <param name="To">The time that they are before.</param>
internal sealed record EventFilter(string? Id, string? Source, string? Type, string? UserId, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>What cursors of the listing belong to: the same times may be written in different ways.</summary>
    public CursorScope Scope() => CursorScope.Of(
        "sync-events", Id, Source, Type, UserId, From?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture), To?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
}
