using System.Net.Mime;
using BusIngest.Api.Hosting;

namespace BusIngest.Api.Sync;

/// <summary>The routes of what was ingested.</summary>
internal static class EventEndpoints
{
    private static readonly QueryField Source = QueryField.Text("source", "Only events that were pulled from this source");

    private static readonly QueryField[] Filter =
    [
        QueryField.Text("id", "Only the events of this id, one of a source at the most; also where a path can't name it, as `count`"),
        Source,
        QueryField.Text("type", "Only events of this type"),
        QueryField.Text("userId", "Only events of this user"),
        QueryField.Time("from", "Only events of this time or later"),
        QueryField.Time("to", "Only events before this time"),
    ];

    /// <summary>Maps `/sync/events…`.</summary>
    public static void MapEvents(this RouteGroupBuilder sync)
    {
        var events = sync.MapGroup("/events");
        events.MapGet("", ListAsync)
            .ProducesList<EventPage>()
            .WithQuery([QueryField.Limit, QueryField.After, .. Filter])
            .WithSummary("Ingested events as they were served, with normalised times, the last stored first");
        events.MapGet("/count", CountAsync)
            .Produces<EventCount>().WithQuery(Filter).WithSummary("How many events there are");
        events.MapGet("/{id}", FindAsync)
            .Produces<RawJson>().ProducesProblem(StatusCodes.Status404NotFound).WithQuery(Source).WithSummary("One event");
    }

    private static async Task<IResult> ListAsync(
        string? id, string? source, string? type, string? userId, string? from, string? to, string? limit, string? after,
        EventQueries events, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var filter = ReadFilter(id, source, type, userId, from, to, errors);
        if (!PageRequest.TryRead(limit, after, filter.Scope(), errors, out var page))
            return Problems.Validation(errors.ByField);

        var found = await events.ListAsync(page, filter, cancellationToken);
        return new ListResult<EventPage, RawJson>(found, SyncApiJson.Default.EventPage, found.Events, SyncApiJson.Default.RawJson, found.Next);
    }

    private static async Task<IResult> CountAsync(
        string? id, string? source, string? type, string? userId, string? from, string? to, EventQueries events, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var filter = ReadFilter(id, source, type, userId, from, to, errors);
        return errors.AreNone
            ? TypedResults.Json(new EventCount(await events.CountAsync(filter, cancellationToken)), SyncApiJson.Default.EventCount)
            : Problems.Validation(errors.ByField);
    }

    private static async Task<IResult> FindAsync(HttpContext context, string id, string? source, EventQueries events, CancellationToken cancellationToken)
    {
        id = RawPath.Id(context, id);
        return await events.FindAsync(id, source, cancellationToken) is { } json
            ? TypedResults.Text(json, MediaTypeNames.Application.Json)
            : Problems.NotFound($"There is no event '{id}'.");
    }

    private static EventFilter ReadFilter(string? id, string? source, string? type, string? userId, string? from, string? to, FieldErrors errors) =>
        new(id, source, type, userId, errors.Time("from", from), errors.Time("to", to));
}
