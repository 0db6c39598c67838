namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Gathers what many callers want done at once into one piece of work: while one is under way, the next fills up.</summary>
/// <typeparam name="TItem">What a caller hands in.</typeparam>
/// <param name="limit">The most items of one piece.</param>
/// <param name="work">Does it for all; if it throws, every caller of the piece hears it.</param>
internal sealed class Gathered<TItem>(int limit, Func<IReadOnlyList<TItem>, Task> work)
{
    private readonly Lock _gate = new();
    private readonly Queue<(TItem Item, TaskCompletionSource Done)> _waiting = new();
    private bool _running;

    /// <summary>Completes when the item is done. Callers bound themselves, as each waits for its own.</summary>
    public Task AddAsync(TItem item)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((item, done));
            if (!_running)
            {
                _running = true;
                _ = Task.Run(RunAsync);
            }
        }

        return done.Task;
    }

    private async Task RunAsync()
    {
        while (Take() is { Count: > 0 } piece)
        {
            try
            {
                await work([.. piece.Select(x => x.Item)]);
                piece.ForEach(x => x.Done.SetResult());
            }
            catch (Exception exception)
            {
                piece.ForEach(x => x.Done.SetException(exception));
            }
        }
    }

    /// <summary>What waits; nothing: the next caller starts the run again.</summary>
    private List<(TItem Item, TaskCompletionSource Done)> Take()
    {
        lock (_gate)
        {
            var piece = new List<(TItem, TaskCompletionSource)>();
            while (piece.Count < limit && _waiting.TryDequeue(out var next))
                piece.Add(next);
            _running = piece.Count > 0;
            return piece;
        }
    }
}
