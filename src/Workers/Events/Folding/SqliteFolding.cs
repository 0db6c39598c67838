using BusIngest.Bus.Storage;
using BusIngest.Workers.Events.Packing;
using BusIngest.Workers.Events.Storing;

namespace BusIngest.Workers.Events.Folding;

/// <inheritdoc />
internal sealed class SqliteFolding(MainDatabase database, SqliteEventStore store) : IFolding
{
    private readonly PackedWriter _scratch = new();
    private readonly IdFilterBuild _filter = new(database, store);

    public async Task<int> FoldAsync(CancellationToken cancellationToken) =>
        database.Readers.Read(session => session.HasTail()) ? await database.Writer.WriteAsync(EventFolder.Enough, Fold, cancellationToken) : 0;

    public async Task<bool> TidyAsync(CancellationToken cancellationToken)
    {
        if (store.HasManyIds)
            return await database.Writer.WriteAsync(EventFolder.Enough, store.MoveIds, cancellationToken);

        await _filter.StepAsync(cancellationToken);
        return false;
    }

    private int Fold(SqliteSession session)
    {
        var (tails, lastSeq, events) = session.ReadTail(EventFolder.Enough);
        foreach (var slice in Slice.Cut(tails))
        {
            foreach (var bucket in slice.AddTo(session.LastBucket(slice.First), _scratch))
                session.Keep(bucket);
        }

        session.DeleteTail(lastSeq);
        return events;
    }
}
