using BusIngest.Api.Hosting;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Orders;

/// <summary>The routes that show the queue.</summary>
internal static class QueueEndpoints
{
    private const int DefaultEnd = 50;
    private const int MaxJobs = 10_000;

    private static readonly QueryField Types = QueryField.Text("types", $"Job types, comma-separated: {string.Join(", ", OrderJobTypes.All)}; without it, all");
    private static readonly QueryField Type = QueryField.Word("types", OrderJobTypes.All, "One of them");
    private static readonly QueryField Start = QueryField.Whole("start", 0, 0, OrderRange.MaxOrders, "The place of the first job");
    private static readonly QueryField End = EndAfter(0);

    /// <summary>Maps `/health/queue` and `/queue/…`.</summary>
    public static void MapQueue(this RouteGroupBuilder orders)
    {
        orders.MapGet("/health/queue", HealthAsync).Produces<QueueHealth>().WithSummary("Whether the queue is well");
        orders.MapGet("/queue/status", StatusAsync).Produces<QueueCounts>().WithSummary("How many jobs are in which state");
        orders.MapGet("/queue/jobs", ListAsync).Produces<OrderJobList>().WithQuery(Types, Start, End)
            .WithSummary("Jobs of some types, from place `start` (0) to place `end` (50), both included");
        orders.MapQueueCommands();
    }

    private static async Task<JsonHttpResult<QueueHealth>> HealthAsync(
        QueueQueries queries, OrdersOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var queue = await queries.StateAsync(cancellationToken);
        return TypedResults.Json(QueueHealth.Of(queue, time.GetUtcNow(), options.StuckAfter), OrderApiJson.Default.QueueHealth);
    }

    private static async Task<JsonHttpResult<QueueCounts>> StatusAsync(QueueQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Json(QueueCounts.Of(await queries.StateAsync(cancellationToken)), OrderApiJson.Default.QueueCounts);

    private static async Task<IResult> ListAsync(string? types, string? start, string? end, QueueQueries queries, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var wanted = types?.Split(',', StringSplitOptions.TrimEntries) ?? [.. OrderJobTypes.All];
        foreach (var type in wanted)
            errors.Word(Type, type);
        var first = (int)errors.Whole(Start, start);
        var last = (int)errors.Whole(EndAfter(first), end);
        return errors.AreNone
            ? TypedResults.Json(await queries.ListAsync(wanted, first, last, cancellationToken), OrderApiJson.Default.OrderJobList)
            : Problems.Validation(errors.ByField);
    }

    private static QueryField EndAfter(int first) =>
        QueryField.Whole("end", first + DefaultEnd, first, first + MaxJobs - 1, "The place of the last job; at most 10,000 jobs");
}
