namespace BusIngest.Bus.Sagas;

/// <summary>One saga while events of it are in hand: whose turn it is, and what the last one made of it.</summary>
internal sealed class SagaSlot : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private SagaSnapshot? _latest;
    private int _epoch;
    private int _careful;

    /// <summary>How many events of the saga are in hand; its owner locks.</summary>
    public int Users { get; set; }

    /// <summary>What the last event made of the saga, and the epoch that is worth; null: read it from the database.</summary>
    public (SagaSnapshot? Latest, int Epoch) Current
    {
        get
        {
            lock (_gate)
                return (_latest, _epoch);
        }
    }

    /// <summary>
    /// Whether the next event waits for the commit of this one. It does after one had no effect, until as many as were in hand then
    /// are committed: an event that fails at every try must not void the tries of all behind it with each of its own.
    /// </summary>
    public bool IsCareful
    {
        get
        {
            lock (_gate)
                return _careful > 0;
        }
    }

    /// <summary>Waits for the event's turn; they come in the order of arrival.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _turn.WaitAsync(cancellationToken);

    /// <summary>Ends the turn.</summary>
    public void Release() => _turn.Release();

    /// <summary>Notes what an event made of the saga, unless what it went by has turned out void meanwhile.</summary>
    public void Note(SagaSnapshot snapshot, int epoch)
    {
        lock (_gate)
        {
            if (epoch == _epoch)
                _latest = snapshot;
        }
    }

    /// <summary>An event had no effect after all: whatever was noted is void.</summary>
    public void Void()
    {
        lock (_gate)
        {
            _latest = null;
            _epoch++;
            _careful = Users;
        }
    }

    /// <summary>An event is committed.</summary>
    public void Settle()
    {
        lock (_gate)
            _careful = Math.Max(0, _careful - 1);
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();
}
