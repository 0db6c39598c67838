namespace BusIngest.Api.Hosting;

/// <summary>A few more connections, for `/health` alone. The one that has been silent for longest makes room for a new one.</summary>
internal sealed class ReservedPlaces
{
    private const int Most = 64;

    private readonly Lock _gate = new();
    private readonly LinkedList<Reserved> _silent = new();
    private int _taken;

    /// <summary>How many are open.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes a place.</summary>
    /// <returns>Null when all are taken by connections that are being answered.</returns>
    public Reserved? TryTake(Action abort)
    {
        Reserved? evicted = null;
        var place = new Reserved(this, abort);
        lock (_gate)
        {
            if (_taken >= Most)
            {
                if (_silent.First is not { } oldest)
                    return null;
                evicted = oldest.Value;
                _silent.Remove(oldest);
            }

            // The evicted one gives its place back when it ends, which is at once.
            _taken++;
            place.Node = _silent.AddLast(place);
        }

        evicted?.Abort();
        return place;
    }

    /// <summary>A place; a feature of its connection.</summary>
    internal sealed class Reserved(ReservedPlaces all, Action abort) : IDisposable
    {
        /// <summary>Where it stands among the silent ones.</summary>
        public LinkedListNode<Reserved>? Node { get; set; }

        /// <summary>Ends the connection.</summary>
        public void Abort() => abort();

        /// <summary>The other side has said something.</summary>
        public void Speak()
        {
            lock (all._gate)
                Leave();
        }

        /// <inheritdoc />
        public void Dispose()
        {
            lock (all._gate)
            {
                Leave();
                all._taken--;
            }
        }

        private void Leave()
        {
            if (Node?.List is { } list)
                list.Remove(Node);
            Node = null;
        }
    }
}
