using BusIngest.Bus.Storage;
using BusIngest.Contracts.Sync;
using BusIngest.Workers.Sync.Pacing;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Workers.Sync.Storing;

/// <summary>Takes checkpoints, and stores what is fetched by whoever has them.</summary>
internal sealed class SyncClaims(IMainDatabase database, TimeProvider time)
{
    /// <summary>Takes a source's checkpoint for a stretch: from now on no other stores.</summary>
    /// <returns>Where the source is; null when a later stretch has begun.</returns>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    public async Task<ClaimedRun?> TakeAsync(FetchPage message, Guid holder, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var claim = Claim(message.Source.Name, message.RunId, message.Epoch, message.Stretch, holder, now);
        var run = new SyncRun { RunId = message.RunId, Source = message.Source.Name, StartedAt = now, UpdatedAt = now };
        await database.WriteAsync(
            2,
            session =>
            {
                session.Begin(run);
                session.Claim(claim, message.FromFirstPage, message.ForgetPace);
            },
            batch =>
            {
                batch.Begin(run);
                batch.Claim(claim, message.FromFirstPage, message.ForgetPace);
            },
            cancellationToken);

        await using var context = new SyncContext(database);
        var checkpoint = await context.ReadAsync(
            () => context.Checkpoints.SingleAsync(x => x.Source == message.Source.Name, cancellationToken));
        if (checkpoint.Holder != holder)
            return null;

        return new ClaimedRun(checkpoint, await context.ReadAsync(() => context.Runs.SingleAsync(x => x.RunId == message.RunId, cancellationToken)));
    }

    /// <summary>Stores pages; completes when they are on disk.</summary>
    /// <exception cref="FencedOffException">The checkpoint belongs to somebody else by now.</exception>
    /// <exception cref="StorageUnavailableException">The database is away; whether they are stored may be unknown.</exception>
    public Task StoreAsync(PageCommit commit) =>
        // Without a token: the pages' memory is in use until their writing is over.
        database.WriteInBulkAsync(
            commit.EventCount + 2, session => session.Store(commit), connection => connection.StoreAsync(commit), CancellationToken.None);

    /// <summary>Whether somebody still has a source's checkpoint.</summary>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    public async Task<bool> IsHeldAsync(string source, Guid holder, CancellationToken cancellationToken)
    {
        await using var context = new SyncContext(database);
        return await context.ReadAsync(() => context.Checkpoints.AnyAsync(x => x.Source == source && x.Holder == holder, cancellationToken));
    }

    /// <summary>The last run of a source; null when it had none.</summary>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    public async Task<Guid?> FindRunAsync(string source, CancellationToken cancellationToken)
    {
        await using var context = new SyncContext(database);
        return await context.ReadAsync(
            () => context.Checkpoints.Where(x => x.Source == source).Select(x => (Guid?)x.RunId).SingleOrDefaultAsync(cancellationToken));
    }

    /// <summary>How many events a run has stored.</summary>
    public async Task<long> CountStoredAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using var context = new SyncContext(database);
        return await context.ReadAsync(() => context.Runs.Where(x => x.RunId == runId).Select(x => x.EventsStored).SingleAsync(cancellationToken));
    }

    /// <summary>How many events of a source are stored.</summary>
    public async Task<long> CountEventsAsync(string source, CancellationToken cancellationToken)
    {
        await using var context = new SyncContext(database);
        return await context.ReadAsync(() => context.Checkpoints.Where(x => x.Source == source).Select(x => x.SourceEvents).SingleAsync(cancellationToken));
    }

    /// <summary>A claim on a checkpoint.</summary>
    /// <param name="source">The source.</param>
    /// <param name="runId">The run.</param>
    /// <param name="epoch">Which run of the source it is.</param>
    /// <param name="stretch">Which stretch of the run.</param>
    /// <param name="holder">Who claims it; null: nobody is to have it.</param>
    /// <param name="now">The time.</param>
    public static SyncCheckpoint Claim(string source, Guid runId, long epoch, long stretch, Guid? holder, DateTimeOffset now) => new()
    {
        Source = source,
        RunId = runId,
        Epoch = epoch,
        Stretch = stretch,
        Holder = holder,
        UpdatedAt = now,
    };
}

/// <summary>What a stretch begins with.</summary>
/// <param name="Checkpoint">Where the source is.</param>
/// <param name="Run">What the run has counted.</param>
internal sealed record ClaimedRun(SyncCheckpoint Checkpoint, SyncRun Run)
{
    /// <summary>What is known of the source's pace.</summary>
    public PaceBook Paces { get; } = PaceBook.Parse(Checkpoint.Pace);
}
