using BusIngest.Api.Configuration;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Sync;
using BusIngest.Workers.Net;
using BusIngest.Workers.Sync.Credentials;
using MassTransit;

namespace BusIngest.Api.Sync;

/// <summary>The routes of what is pulled.</summary>
internal static class SyncEndpoints
{
    private static readonly QueryField State = QueryField.Word("state", RunStates.All, "Only runs in this state");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Adds what the routes need.</summary>
    public static IServiceCollection AddSyncApi(this IServiceCollection services) => services
        .AddSingleton<RunQueries>().AddSingleton<SourceQueries>().AddTransient<EventQueries>();

    /// <summary>Maps `/sync…`.</summary>
    public static void MapSyncApi(this IEndpointRouteBuilder routes)
    {
        var sync = routes.MapGroup("/sync").WithTags("Sync");
        sync.MapPost("/runs", StartAsync)
            .Accepts<NewRun>("application/json", RequestBody.AnyType)
            .Produces<StartedRun>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Begins to pull a source; one run of a source at a time");
        sync.MapGet("/runs", ListAsync)
            .Produces<RunPage>().WithQuery(QueryField.Limit, QueryField.After, State, QueryField.Text("source", "Only runs of this source"))
            .WithSummary("Runs, newest first");
        sync.MapGet("/runs/{runId}", FindAsync)
            .Produces<RunView>().ProducesProblem(StatusCodes.Status404NotFound).WithSummary("A run and how far it is");
        sync.MapGet("/runs/{runId}/stream", StreamAsync)
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A run's progress as server-sent events, until it is over");
        sync.MapRunCommands();
        sync.MapSources();
        sync.MapEvents();
    }

    /// <summary>404 for an id that no run has.</summary>
    public static IResult NotFound(string runId) => Problems.NotFound($"There is no run '{runId}'.");

    private static async Task<IResult> StartAsync(
        HttpContext context, IRequestClient<RequestSync> client, RunQueries runs, KeySeal seal, Settings settings, TimeProvider time)
    {
        var reader = new NewRunReader(settings.Sync);
        if (reader.Read(await context.Request.ReadJsonAsync()) is not { } wanted)
            return Problems.Validation(reader.Errors.ByField);

        var now = time.GetUtcNow();
        var name = wanted.Source ?? OutboundUrl.NameOf(new Uri(wanted.BaseUrl!));
        var sealedKey = wanted.ApiKey is { Length: > 0 } key ? seal.Seal(key, name) : null;
        var source = new RunSource(SourceIds.Of(name), name, wanted.Definition, sealedKey, wanted.PageSize);
        var answer = await client.AskAsync<RequestSync, SyncAccepted, SyncRefused>(
            new RequestSync(context.Ids(now).Next(), source, now, wanted.IgnorePace == true), Requests.Deadline);
        if (!answer.Is(out Response<SyncAccepted>? accepted))
        {
            answer.Is(out Response<SyncRefused>? refused);
            return Problems.Conflict($"'{name}' is being pulled: run {refused?.Message.RunId} is not over.");
        }

        var runId = accepted.Message.RunId;
        await AwaitRunAsync(runId, runs, time);
        return TypedResults.Json(new StartedRun(runId), SyncApiJson.Default.StartedRun, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>The run is durable, and its saga will begin; whoever reads it right away shall find it.</summary>
    private static async Task AwaitRunAsync(Guid runId, RunQueries runs, TimeProvider time)
    {
        var begun = time.GetTimestamp();
        while (!await TryFindAsync(runId, runs) && time.GetElapsedTime(begun) < Requests.Deadline)
            await Task.Delay(Pause, time, CancellationToken.None);
    }

    /// <summary>The run is accepted, whether or not it can be read just now.</summary>
    private static async Task<bool> TryFindAsync(Guid runId, RunQueries runs)
    {
        try
        {
            return await runs.ExistsAsync(runId, CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    private static async Task<IResult> ListAsync(
        string? state, string? source, string? limit, string? after, RunQueries runs, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Word(State, state);
        return PageRequest.TryRead(limit, after, RunQueries.Scope(state, source), errors, out var page)
            ? TypedResults.Json(await runs.ListAsync(page, state, source, cancellationToken), SyncApiJson.Default.RunPage)
            : Problems.Validation(errors.ByField);
    }

    private static async Task<IResult> FindAsync(string runId, RunQueries runs, CancellationToken cancellationToken) =>
        Guid.TryParse(runId, out var id) && await runs.FindAsync(id, cancellationToken) is { } run
            ? TypedResults.Json(run, SyncApiJson.Default.RunView)
            : NotFound(runId);

    private static async Task<IResult> StreamAsync(
        string runId, HttpContext context, RunQueries runs, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        if (!Guid.TryParse(runId, out var id) || await runs.FindAsync(id, context.RequestAborted) is not { } run)
            return NotFound(runId);

        await RunStream.WriteAsync(context, run, runs, time, lifetime.ApplicationStopping);
        return TypedResults.Empty;
    }
}
