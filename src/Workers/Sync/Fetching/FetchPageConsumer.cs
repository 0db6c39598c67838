using BusIngest.Bus.Delivery;
using BusIngest.Contracts.Sync;
using BusIngest.Workers.Sync.Sources;
using BusIngest.Workers.Sync.Storing;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>
/// Works at a stretch of a run's pages, and tells how it ended. Each page commits with its checkpoint, so that a message that comes again
/// goes on where the first delivery was cut off; pages never travel on the bus.
/// </summary>
internal sealed class FetchPageConsumer(
    PullSources sources,
    SyncClaims claims,
    PageClient client,
    PassTrails trails,
    SyncOptions options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<FetchPageConsumer> logger) : IConsumer<FetchPage>
{
    public async Task Consume(ConsumeContext<FetchPage> context)
    {
        var message = context.Message;
        var holder = Guid.NewGuid();
        try
        {
            var source = await sources.FindAsync(message.Source, context.CancellationToken);
            if (await claims.TakeAsync(message, holder, context.CancellationToken) is { } claim)
                await RunAsync(context, source, claim, holder);
        }
        catch (UnknownSourceException exception)
        {
            await context.Publish(new PageFailed(
                message.RunId, message.Stretch, 0, 0, exception.Message, IsFinal: true, FromFirstPage: false, RetryAfterMs: null));
        }
        catch (FencedOffException)
        {
            logger.LogInformation("Stretch {Stretch} of run {Run} was cut off: another has taken its place", message.Stretch, message.RunId);
        }
    }

    private async Task RunAsync(ConsumeContext<FetchPage> context, PullSource source, ClaimedRun claim, Guid holder)
    {
        var (message, storedBefore) = (context.Message, claim.Run.EventsStored);
        var position = new Position(claim, source, options.LongestWait);
        var stretch = new Stretch(claims, options, time, holder, position, options.LookAheadOf(source.PageSize));
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var watch = HoldWatch.RunAsync(claims, source.Name, holder, time, stopping);
        StretchEnd end;
        try
        {
            end = await stretch.RunAsync(new PageLoop(client, trails, options, time, source, message.RunId, position), stopping.Token);
        }
        finally
        {
            await stopping.CancelAsync();
            await watch;
        }

        var note = position.Commit(holder, time.GetUtcNow());
        context.Transaction().Write(1, session => session.Note(note), batch => batch.Note(note));
        var events = await claims.CountStoredAsync(message.RunId, context.CancellationToken) - storedBefore;
        if (end.Result == StretchResult.Completed || end.Fault is { IsFinal: true } or { Kind: FaultKind.RepeatedCursor })
            trails.Forget(message.RunId);
        await PublishAsync(context, message, end, events);
    }

    private static Task PublishAsync(IPublishEndpoint bus, FetchPage message, StretchEnd end, long events)
    {
        var (run, stretch, pages) = (message.RunId, message.Stretch, end.Pages);
        return end.Result switch
        {
            StretchResult.Throttled => bus.Publish(new SyncThrottled(run, stretch, pages, events, end.Until)),
            StretchResult.CursorExpired => bus.Publish(new CursorExpired(run, stretch, pages, events)),
            StretchResult.Failed => bus.Publish(Describe(message, end, events)),
            StretchResult.Completed => bus.Publish(new SyncCompleted(run, stretch, pages, events, end.Note)),
            _ => bus.Publish(new PageStored(run, stretch, pages, events)),
        };
    }

    /// <summary>Where cursors lead in a circle, only the first page leads out of it.</summary>
    private static PageFailed Describe(FetchPage message, StretchEnd end, long events) => new(
        message.RunId, message.Stretch, end.Pages, events, end.Fault!.Error, end.Fault.IsFinal,
        end.Fault.Kind == FaultKind.RepeatedCursor, (long?)end.Fault.RetryAfter?.TotalMilliseconds);
}
