using BusIngest.Bus.Storage;
using BusIngest.Workers.Events.Storing;

namespace BusIngest.Workers.Events.Folding;

/// <summary>Builds the filter of ids when the process has none yet, or a small one: reads their table, a bounded step at a time.</summary>
internal sealed class IdFilterBuild(MainDatabase database, SqliteEventStore store)
{
    private const int IdsPerStep = 100_000;

    private IdFilter? _filter;
    private long _from;

    /// <summary>Does one step, if there is something to do. Whatever is added to the table while it is read is in the filter already.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        if (!store.WantsFilter)
            return;

        if (_filter is null)
        {
            _filter = await database.Writer.WriteAsync(1, store.BeginFilter, cancellationToken);
            _from = long.MinValue;
        }

        var hashes = database.Readers.Read(session => session.Hashes(_from, IdsPerStep));
        foreach (var hash in hashes)
            _filter.Add(hash);
        if (hashes.Count == IdsPerStep && hashes[^1] < long.MaxValue)
        {
            _from = hashes[^1] + 1;
            return;
        }

        var built = _filter;
        _filter = null;
        await database.Writer.WriteAsync(1, _ => store.UseFilter(built), cancellationToken);
    }
}
