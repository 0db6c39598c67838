namespace BusIngest.Bus.Sagas;

/// <summary>The sagas of one kind that have events in hand in this process: one event of each at a time has its turn.</summary>
internal sealed class SagaSlots
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, SagaSlot> _slots = [];

    /// <summary>How many sagas have events in hand.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _slots.Count;
        }
    }

    /// <summary>Waits for an event's turn; they come in the order of arrival.</summary>
    public async Task<SagaSlot> EnterAsync(Guid correlationId, CancellationToken cancellationToken)
    {
        SagaSlot? slot;
        lock (_gate)
        {
            if (!_slots.TryGetValue(correlationId, out slot))
                _slots[correlationId] = slot = new SagaSlot();
            slot.Users++;
        }

        try
        {
            await slot.WaitAsync(cancellationToken);
            return slot;
        }
        catch
        {
            Leave(correlationId, slot);
            throw;
        }
    }

    /// <summary>Ends a stay. Once nothing of a saga is in hand any more, the database alone knows it.</summary>
    public void Leave(Guid correlationId, SagaSlot slot)
    {
        lock (_gate)
        {
            if (--slot.Users > 0)
                return;
            _slots.Remove(correlationId);
        }

        slot.Dispose();
    }
}
