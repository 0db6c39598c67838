using BusIngest.Api.Hosting;
using BusIngest.Contracts.Sync;
using MassTransit;

namespace BusIngest.Api.Sync;

/// <summary>The routes of the sources.</summary>
internal static class SourceEndpoints
{
    /// <summary>Maps `/sync/sources…`.</summary>
    public static void MapSources(this RouteGroupBuilder sync)
    {
        var sources = sync.MapGroup("/sources");
        sources.MapGet("", ListAsync)
            .Produces<SourcePage>()
            .WithQuery(QueryField.Limit, QueryField.After)
            .WithSummary("Sources of the settings and those that were pulled, each with its pace and its last run");
        sources.MapPost("/{source}/pace/clear", ClearPaceAsync)
            .Produces<SourceView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Forgets the pace that a source's hints and refusals have set; a run that waits for it goes on at once");
    }

    private static async Task<IResult> ListAsync(string? limit, string? after, SourceQueries sources, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        return PageRequest.TryRead(limit, after, CursorScope.Of("sync-sources"), errors, out var page)
            ? TypedResults.Json(await sources.ListAsync(page, cancellationToken), SyncApiJson.Default.SourcePage)
            : Problems.Validation(errors.ByField);
    }

    private static async Task<IResult> ClearPaceAsync(string source, HttpContext context, SourceQueries sources, IRequestClient<ForgetPace> client)
    {
        var name = RawPath.Id(context, source, fromEnd: 2);
        if (await sources.FindAsync(name, context.RequestAborted) is null)
            return Problems.NotFound($"There is no source '{name}'.");

        await client.AskAsync<ForgetPace, PaceForgotten>(new ForgetPace(name));
        return await sources.FindAsync(name, CancellationToken.None) is { } cleared
            ? TypedResults.Json(cleared, SyncApiJson.Default.SourceView)
            : Problems.NotFound($"There is no source '{name}'.");
    }
}
