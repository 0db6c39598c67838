using BusIngest.Bus.Copies;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Supervision;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Mongo;

/// <summary>Keeps the copies in MongoDB in step, each collection by itself. MongoDB away costs their latency and nothing else.</summary>
internal sealed class DocumentCopier(
    IEnumerable<ICopySource> sources,
    CopyFeeds feeds,
    MongoCopies copies,
    MongoServer server,
    Supervisor supervisor,
    TimeProvider time,
    ILogger<DocumentCopier> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Copies until it is told to stop.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(sources.Select(source => RunAsync(
        new CollectionCopier(source, feeds, copies, server, time), cancellationToken)));

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    private async Task RunAsync(CollectionCopier copier, CancellationToken cancellationToken)
    {
        await supervisor.RunAsync($"copies {copier.Collection}", (loop, stopping) => loop.EveryAsync(LookEvery, CopyAllAsync(loop, copier), stopping), cancellationToken);
        await ReleaseAsync(copier);
    }

    /// <summary>A step: copies until there is nothing more. Whatever goes wrong, what was to be copied still is.</summary>
    private static Func<CancellationToken, Task> CopyAllAsync(BackgroundLoop loop, CollectionCopier copier) => async stopping =>
    {
        while (await copier.StepAsync(stopping))
            loop.Succeed();
    };

    /// <summary>Another process need not wait until this one's time is up.</summary>
    private async Task ReleaseAsync(CollectionCopier copier)
    {
        using var limit = new CancellationTokenSource(ReleaseTimeout, time);
        try
        {
            await feeds.ReleaseAsync(copier.Collection, limit.Token);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or OperationCanceledException)
        {
            logger.LogDebug(exception, "The copies in {Collection} are let go of by time", copier.Collection);
        }
    }
}
