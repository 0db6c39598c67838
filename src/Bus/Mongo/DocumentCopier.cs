using BusIngest.Bus.Copies;
using BusIngest.Bus.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Mongo;

/// <summary>Keeps the copies in MongoDB in step, each collection by itself. MongoDB away costs their latency and nothing else.</summary>
internal sealed class DocumentCopier(
    IEnumerable<ICopySource> sources, CopyFeeds feeds, MongoCopies copies, MongoServer server, TimeProvider time, ILogger<DocumentCopier> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Copies until it is told to stop.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(sources.Select(source => RunAsync(
        new CollectionCopier(source, feeds, copies, server, time), cancellationToken)));

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    private async Task RunAsync(CollectionCopier copier, CancellationToken cancellationToken)
    {
        string? trouble = null;
        try
        {
            for (var pause = LookEvery; ;)
            {
                try
                {
                    if (await copier.StepAsync(cancellationToken))
                        pause = TimeSpan.Zero;
                    else
                        pause = LookEvery;
                    if (trouble is not null)
                        logger.LogInformation("The copies in {Collection} go on", copier.Collection);
                    trouble = null;
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    // Whatever it is, what was to be copied still is.
                    if (!string.Equals(trouble, exception.Message, StringComparison.Ordinal))
                        Tell(copier, exception);
                    trouble = exception.Message;
                    pause = pause < LookEvery ? LookEvery : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                }

                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await ReleaseAsync(copier);
        }
    }

    private void Tell(CollectionCopier copier, Exception exception)
    {
        if (exception is StorageUnavailableException)
            logger.LogWarning("The copies in {Collection} wait: {Reason}", copier.Collection, exception.Message);
        else
            logger.LogError(exception, "The copies in {Collection} wait", copier.Collection);
    }

    /// <summary>Another process need not wait until this one's time is up.</summary>
    private async Task ReleaseAsync(CollectionCopier copier)
    {
        using var limit = new CancellationTokenSource(LongestPause, time);
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
