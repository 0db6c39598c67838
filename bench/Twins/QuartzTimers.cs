using System.Net.Http.Headers;
using System.Text.Json;
using BusIngest.Bench.Harness;
using Quartz;
using Quartz.Extensibility;

namespace BusIngest.Bench.Twins;

/// <summary>Timers by Quartz's RAM store, whose jobs post to the sink themselves. A kill loses them all.</summary>
internal sealed class QuartzTimers : IAsyncDisposable
{
    /// <summary>As many calls at once as the program makes to one host.</summary>
    private const int Connections = 32;

    private static readonly JobKey Post = new("post");

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseProxy = false });
    private readonly IScheduler _scheduler;

    private QuartzTimers(IScheduler scheduler) => _scheduler = scheduler;

    /// <summary>Starts the scheduler.</summary>
    /// <param name="sink">What every timer calls.</param>
    public static async Task<QuartzTimers> StartAsync(Uri sink)
    {
        var jobs = new PostJobFactory();
        var builder = QuartzSchedulerBuilder.Create(quartz => quartz
            .ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = $"twin-{Guid.NewGuid():N}";
                scheduler.MaxBatchSize = Connections;
            })
            .UseDefaultThreadPool(Connections)
            .UseInMemoryStore(store => store.MisfireThreshold = TimeSpan.FromDays(1))
            .UseJobFactory(jobs));
        var timers = new QuartzTimers(await builder.BuildScheduler());
        jobs.Job = new PostJob(timers._http, sink);
        await timers._scheduler.AddJob(JobBuilder.Create<PostJob>().WithIdentity(Post).StoreDurably().Build(), default, CancellationToken.None);
        await timers._scheduler.Start();
        return timers;
    }

    /// <summary>Sets a timer.</summary>
    public async Task SetAsync(DateTimeOffset dueAt) => await _scheduler.ScheduleTrigger(
        TriggerBuilder.Create().ForJob(Post).WithIdentity(Guid.NewGuid().ToString("N")).StartAt(dueAt).Build(),
        TriggerConflict.Replace,
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _scheduler.Shutdown(true);
        _http.Dispose();
    }

    private sealed class PostJob(HttpClient http, Uri sink) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var call = new WebhookCall(
                Guid.ParseExact(context.Trigger.Key.Name, "N"), context.Trigger.StartTimeUtc, TimeProvider.System.GetUtcNow());
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(call, WebhookCallJson.Default.WebhookCall));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await http.PostAsync(sink, content, cancellationToken);
            response.EnsureSuccessStatusCode();
        }
    }

    private sealed class PostJobFactory : IJobFactory
    {
        public PostJob? Job { get; set; }

        public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) =>
            new(new JobScope(Job!));

        public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
