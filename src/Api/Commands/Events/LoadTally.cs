namespace BusIngest.Api.Commands.Events;

/// <summary>What a load has seen. Thread-safe.</summary>
/// <param name="events">How many different events there are.</param>
internal sealed class LoadTally(int events)
{
    private const byte Unknown = 1;
    private const byte Accepted = 2;

    private readonly Lock _gate = new();
    private readonly byte[] _outcomes = new byte[events];
    private readonly List<double> _latencies = [];
    private readonly HashSet<string> _refusals = new(StringComparer.Ordinal);

    /// <summary>Requests that were accepted.</summary>
    public long Requests { get; private set; }

    /// <summary>Events in them, repeats included.</summary>
    public long Sent { get; private set; }

    /// <summary>Answers of 429 and 503, after which the request was sent again.</summary>
    public long Deferred { get; private set; }

    /// <summary>Requests that broke off, and were sent again.</summary>
    public long Broken { get; private set; }

    /// <summary>Requests given up.</summary>
    public long GivenUp { get; private set; }

    /// <summary>Why requests were given up, each reason once.</summary>
    public IReadOnlyCollection<string> Refusals => _refusals;

    /// <summary>Whether an event was in a request that was accepted.</summary>
    public bool IsAccepted(int number) => _outcomes[number] == Accepted;

    /// <summary>Whether nobody knows if an event was accepted.</summary>
    public bool IsUnknown(int number) => _outcomes[number] == Unknown;

    /// <summary>A request was accepted.</summary>
    public void Accept(List<int> numbers, TimeSpan latency)
    {
        lock (_gate)
        {
            Requests++;
            Sent += numbers.Count;
            _latencies.Add(latency.TotalMilliseconds);
            foreach (var number in numbers)
                _outcomes[number] = Accepted;
        }
    }

    /// <summary>A request has to be sent again.</summary>
    /// <param name="numbers">What is in it.</param>
    /// <param name="isKnown">Whether it is sure that nothing of it was accepted.</param>
    public void Repeat(List<int> numbers, bool isKnown)
    {
        lock (_gate)
        {
            if (isKnown)
                Deferred++;
            else
                Broken++;
            if (!isKnown)
                NoteUnknown(numbers);
        }
    }

    /// <summary>A request is given up.</summary>
    public void GiveUp(string reason)
    {
        lock (_gate)
        {
            GivenUp++;
            if (_refusals.Count < 5)
                _refusals.Add(reason);
        }
    }

    /// <summary>A percentile of the accepted requests' latencies in ms; 0 when there are none.</summary>
    public double Latency(double share)
    {
        lock (_gate)
        {
            _latencies.Sort();
            return _latencies.Count == 0 ? 0 : _latencies[Math.Min(_latencies.Count - 1, (int)(_latencies.Count * share))];
        }
    }

    private void NoteUnknown(List<int> numbers)
    {
        foreach (var number in numbers)
        {
            if (_outcomes[number] != Accepted)
                _outcomes[number] = Unknown;
        }
    }
}
