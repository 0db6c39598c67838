using BusIngest.Api.Hosting;
using BusIngest.Api.Limits;
using BusIngest.Bus.Delivery.Tracking;
using BusIngest.Workers.Events;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BusIngest.Api.Events;

/// <summary>The routes of events, jobs and accounts.</summary>
internal static class EventEndpoints
{
    private static readonly QueryField Accounts = QueryField.Whole("limit", 10, 1, 100, "How many accounts");

    /// <summary>Adds what the routes need.</summary>
    public static IServiceCollection AddEventsApi(this IServiceCollection services)
    {
        services.TryAddSingleton<IEventAdmission, NoAdmissionLimits>();
        services.TryAddSingleton<ISummaries, StoredSummaries>();
        return services.AddSingleton<EventIntake>().AddSingleton<Jobs>();
    }

    /// <summary>Maps `/events`, `/jobs/…` and `/accounts/…`.</summary>
    public static void MapEventsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/events", (HttpContext context, EventIntake intake) => intake.TakeAsync(context))
            .Accepts<EventsPosted>("application/json", RequestBody.AnyType).TakeLargeBodies()
            .Produces<EventsAccepted>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .Limit(LimitedRoute.Events)
            .WithTags("Events")
            .WithSummary("Accepts 1 to 1,000 events; when it answers, they are on disk. An event_id counts once in its account");
        routes.MapGet("/jobs/{jobId}", FindJobAsync)
            .Produces<JobView>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithTags("Events").WithSummary("Where an accepted batch is: queued, stored or failed; and how many of its events were known before");

        var accounts = routes.MapGroup("/accounts").WithTags("Accounts");
        accounts.MapGet("/sample", SampleAsync)
            .Produces<AccountIds>().WithQuery(Accounts).WithSummary("Some accounts that have events");
        accounts.MapGet("/{id}/summary", SummarizeAsync)
            .Produces<SummaryView>()
            .WithQuery(
                QueryField.Word("window", SummaryWindow.Names, "How far back, instead of `from` and `to`", SummaryWindow.Names[0]),
                QueryField.Time("from", "The beginning of a window of one's own"),
                QueryField.Time("to", "Its end; without it, now"),
                QueryField.Text("after", "A jobId: waits until that batch is stored, so that the summary has it"))
            .Limit(LimitedRoute.Summaries)
            .WithSummary("Events by type and the ten busiest users of last_24h, last_7d, or from and to; after=jobId waits for that batch");
    }

    private static async Task<IResult> FindJobAsync(string jobId, Jobs jobs, CancellationToken cancellationToken) =>
        JobId.TryParse(jobId, out var id) && await jobs.FindAsync(id, cancellationToken) is var standing and not MessageStanding.Unknown
            ? TypedResults.Json(JobView.Of(jobId, standing, await jobs.CountKnownAsync(id, standing, cancellationToken)), EventApiJson.Default.JobView)
            : Problems.NotFound("No batch has this jobId, or it is forgotten: that is known for a day.");

    private static async Task<IResult> SampleAsync(string? limit, IAccountSample accounts, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var count = (int)errors.Whole(Accounts, limit);
        return errors.AreNone
            ? TypedResults.Json(new AccountIds(await accounts.DrawAsync(count, cancellationToken)), EventApiJson.Default.AccountIds)
            : Problems.Validation(errors.ByField);
    }

    private static async Task<IResult> SummarizeAsync(
        HttpContext context, string id, string? window, string? from, string? to, string? after, ISummaries summaries, Jobs jobs, TimeProvider time)
    {
        var cancellationToken = context.RequestAborted;
        var errors = new FieldErrors();
        JobId? awaited = null;
        if (after is not null && JobId.TryParse(after, out var job))
            awaited = job;
        else if (after is not null)
            errors.Add("after", "must be the jobId of a batch");
        if (!SummaryWindow.TryRead(window, from, to, time.GetUtcNow(), errors, out var read) || !errors.AreNone)
            return Problems.Validation(errors.ByField);

        if (awaited is { } batch)
            await jobs.WaitAsync(batch, cancellationToken);
        var summary = await summaries.ReadAsync(RawPath.Id(context, id, fromEnd: 1), read, fresh: awaited is not null, cancellationToken);
        return TypedResults.Json(SummaryView.Of(summary, read.Name), EventApiJson.Default.SummaryView);
    }
}
