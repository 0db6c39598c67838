namespace BusIngest.Api.Commands.Bench;

/// <summary>What a load has seen. Thread-safe.</summary>
internal sealed class BenchTally
{
    private readonly Lock _gate = new();
    private readonly List<double> _latencies = [];
    private readonly SortedDictionary<string, long> _answers = new(StringComparer.Ordinal);
    private long _requests;
    private long _records;
    private long _lost;

    /// <summary>Requests that were accepted.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Records in them.</summary>
    public long Records => Volatile.Read(ref _records);

    /// <summary>Records in requests of which nobody knows what came of them.</summary>
    public long Unknown => Volatile.Read(ref _lost);

    /// <summary>How often each status was answered.</summary>
    public IReadOnlyDictionary<string, long> Answers
    {
        get
        {
            lock (_gate)
                return new SortedDictionary<string, long>(_answers, StringComparer.Ordinal);
        }
    }

    /// <summary>Notes an answer, and the records of one that is a success.</summary>
    public void Note(BenchAnswer answer, int records)
    {
        lock (_gate)
        {
            _answers[answer.Name] = _answers.GetValueOrDefault(answer.Name) + 1;
            if (!answer.IsSuccess)
                return;

            _requests++;
            _records += records;
            _latencies.Add(answer.Latency.TotalMilliseconds);
        }
    }

    /// <summary>Notes records of which nobody will know.</summary>
    public void Lose(int records) => Interlocked.Add(ref _lost, records);

    /// <summary>Quantiles of the accepted requests' latencies in ms; 0 when there are none.</summary>
    /// <param name="shares">Which, 0–1; 1 is the longest.</param>
    public IReadOnlyList<double> Latencies(params IEnumerable<double> shares)
    {
        lock (_gate)
        {
            _latencies.Sort();
            return [.. shares.Select(share => _latencies.Count == 0 ? 0 : _latencies[Math.Min(_latencies.Count - 1, (int)(_latencies.Count * share))])];
        }
    }
}
