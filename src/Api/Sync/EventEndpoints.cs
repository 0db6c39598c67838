using System.Globalization;
using System.Net.Mime;
using BusIngest.Api.Hosting;

namespace BusIngest.Api.Sync;

/// <summary>The routes of what was ingested.</summary>
internal static class EventEndpoints
{
    /// <summary>Maps `/sync/events…`.</summary>
    public static void MapEvents(this RouteGroupBuilder sync)
    {
        var events = sync.MapGroup("/events");
        events.MapGet("", ListAsync)
            .Produces<EventPage>().ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("Ingested events as they were served, with normalised times, the last stored first");
        events.MapGet("/count", CountAsync)
            .Produces<EventCount>().ProducesProblem(StatusCodes.Status400BadRequest).WithSummary("How many events there are");
        events.MapGet("/{id}", FindAsync)
            .Produces<RawJson>().ProducesProblem(StatusCodes.Status404NotFound).WithSummary("One event");
    }

    private static async Task<IResult> ListAsync(
        string? source, string? type, string? userId, string? from, string? to, string? limit, string? after,
        EventQueries events, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var filter = ReadFilter(source, type, userId, from, to, errors);
        return PageRequest.TryRead(limit, after, errors, out var page)
            ? TypedResults.Json(await events.ListAsync(page, filter, cancellationToken), SyncApiJson.Default.EventPage)
            : Problems.Validation(errors.ByField);
    }

    private static async Task<IResult> CountAsync(
        string? source, string? type, string? userId, string? from, string? to, EventQueries events, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var filter = ReadFilter(source, type, userId, from, to, errors);
        return errors.AreNone
            ? TypedResults.Json(new EventCount(await events.CountAsync(filter, cancellationToken)), SyncApiJson.Default.EventCount)
            : Problems.Validation(errors.ByField);
    }

    private static async Task<IResult> FindAsync(string id, string? source, EventQueries events, CancellationToken cancellationToken) =>
        await events.FindAsync(id, source, cancellationToken) is { } json
            ? TypedResults.Text(json, MediaTypeNames.Application.Json)
            : Problems.NotFound($"There is no event '{id}'.");

    private static EventFilter ReadFilter(string? source, string? type, string? userId, string? from, string? to, FieldErrors errors) =>
        new(source, type, userId, ReadTime(from, "from", errors), ReadTime(to, "to", errors));

    private static DateTimeOffset? ReadTime(string? text, string field, FieldErrors errors)
    {
        if (text is null)
            return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time.ToUniversalTime();

        errors.Add(field, "must be a time like 2026-01-31T12:00:00Z");
        return null;
    }
}
