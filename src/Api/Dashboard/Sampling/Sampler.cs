using BusIngest.Api.Dashboard.Reading;
using BusIngest.Bus.Copies;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Supervision;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Api.Dashboard.Sampling;

/// <summary>Samples every workload each 5 s, for all viewers; where that takes long, more seldom, down to each 30 s.</summary>
internal sealed class Sampler(
    Samples samples, IEnumerable<IWorkloadProbe> probes, IServiceScopeFactory scopes, IMainDatabase database, HealthCheckService health, TimeProvider time,
    ILogger<Sampler> logger, Supervisor supervisor)
    : SupervisedService(supervisor, "dashboard-samples")
{
    /// <summary>A pause is so many times as long as the look before it, so that looking takes a twentieth of the time at most.</summary>
    private const int Rest = 19;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    protected override async Task RunAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        while (true)
        {
            // The first look has everything compiled, and tells nothing of those after it.
            var isFirst = samples.Latest.Workloads.Count == 0;
            var begun = time.GetTimestamp();
            await loop.DoAsync(() => SampleAsync(stopping));
            await Task.Delay(PauseAfter(time.GetElapsedTime(begun), isFirst), time, stopping);
        }
    }

    private static TimeSpan PauseAfter(TimeSpan look, bool isFirst)
    {
        var (shortest, rest) = (Interval - look, isFirst ? TimeSpan.Zero : look * Rest);
        return TimeSpan.FromTicks(Math.Clamp(Math.Max(shortest.Ticks, rest.Ticks), 0, LongestInterval.Ticks));
    }

    private async Task SampleAsync(CancellationToken cancellationToken)
    {
        var last = samples.Latest with { Ailing = await AilingAsync(cancellationToken) };
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var failed = await scope.ServiceProvider.GetRequiredService<FailureGroups>().CountByEndpointAsync(cancellationToken);
            var workloads = new List<SampledWorkload>();
            foreach (var probe in probes)
                workloads.Add(await SampleAsync(probe, scope.ServiceProvider, failed, last, cancellationToken));
            samples.Replace(new SampleSet(workloads, failed, await CopiesAsync(scope.ServiceProvider, cancellationToken), Trouble: null, last.Ailing));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It is shown, and the next sample tells whether it is over.
            logger.LogDebug(exception, "The workloads can't be sampled now");
            samples.Replace(last with { Trouble = $"{database.Name} can't be read since {Show.Time(time.GetUtcNow())}: figures are as of before." });
        }
    }

    private async Task<IReadOnlyList<string>> AilingAsync(CancellationToken cancellationToken)
    {
        var report = await health.CheckHealthAsync(cancellationToken);
        return
        [
            .. report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy)
                .Select(entry => $"{entry.Key}: {entry.Value.Description ?? entry.Value.Exception?.Message ?? "it says no more."}"),
        ];
    }

    private static async Task<IReadOnlyList<CopyLag>> CopiesAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetService<CopyLags>() is { } lags ? await lags.ReadAsync(cancellationToken) : [];

    private async Task<SampledWorkload> SampleAsync(
        IWorkloadProbe probe, IServiceProvider services, IReadOnlyDictionary<string, long> failed, SampleSet last, CancellationToken cancellationToken)
    {
        var figures = await probe.ReadAsync(services, cancellationToken);
        var givenUp = failed.Where(endpoint => endpoint.Key.StartsWith(probe.EndpointPrefix, StringComparison.Ordinal)).Sum(endpoint => endpoint.Value);
        figures = figures with { Errors = figures.Errors + givenUp };
        var now = time.GetUtcNow();
        return last.Workloads.FirstOrDefault(workload => workload.Probe == probe) is { } before
            ? before.Next(figures, now)
            : new SampledWorkload(probe, figures, now, []);
    }
}
