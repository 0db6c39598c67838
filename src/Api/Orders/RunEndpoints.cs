using BusIngest.Api.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Orders;

/// <summary>The routes of the history of runs.</summary>
internal static class RunEndpoints
{
    private static readonly QueryField Limit = QueryField.Whole("limit", 20, 1, 10_000, "How many runs");

    /// <summary>Maps `/runs…`.</summary>
    public static void MapRuns(this RouteGroupBuilder orders)
    {
        orders.MapGet("/runs", ListAsync).Produces<RunList>().WithQuery(Limit).WithSummary("Runs, newest first");
        orders.MapGet("/runs/{runId}", FindAsync).Produces<RunView>().ProducesProblem(StatusCodes.Status404NotFound).WithSummary("One run");
        orders.MapGet("/runs/compare", CompareAsync)
            .Produces<RunComparison>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithQuery(QueryField.Text("a", "The id of a run"), QueryField.Text("b", "The id of the run to compare it with"))
            .WithSummary("Two runs side by side, and what `b` has more than `a`");
    }

    private static async Task<IResult> ListAsync(string? limit, RunQueries runs, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var count = (int)errors.Whole(Limit, limit);
        return errors.AreNone
            ? TypedResults.Json(await runs.ListAsync(count, cancellationToken), OrderApiJson.Default.RunList)
            : Problems.Validation(errors.ByField);
    }

    private static async Task<IResult> FindAsync(string runId, RunQueries runs, CancellationToken cancellationToken) =>
        Guid.TryParse(runId, out var id) && await runs.FindAsync(id, cancellationToken) is { } run
            ? TypedResults.Json(run, OrderApiJson.Default.RunView)
            : NotFound(runId);

    private static async Task<IResult> CompareAsync(string? a, string? b, RunQueries runs, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var (first, second) = (RunId(errors, "a", a), RunId(errors, "b", b));
        if (!errors.AreNone)
            return Problems.Validation(errors.ByField);
        if (await runs.FindAsync(first, cancellationToken) is not { } one)
            return NotFound(a);
        if (await runs.FindAsync(second, cancellationToken) is not { } other)
            return NotFound(b);

        return TypedResults.Json(RunComparison.Of(one, other), OrderApiJson.Default.RunComparison);
    }

    private static Guid RunId(FieldErrors errors, string name, string? text)
    {
        if (!Guid.TryParse(text, out var id))
            errors.Add(name, text is null ? "is required" : "must be the id of a run");
        return id;
    }

    private static ProblemHttpResult NotFound(string? runId) => Problems.NotFound($"There is no run '{runId}'.");
}
