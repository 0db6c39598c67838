namespace BusIngest.Workers.Timers.Webhooks.Gates;

/// <summary>A host and port that is called: what is known of it, and its breakers. Its counts are kept by <see cref="CallPlaces"/>, which locks.</summary>
/// <remarks>
/// A breaker is for one kind of failure. That there is no connection is the host's matter, so one breaker is for all of it. No answer, or one of 5xx, is the
/// path's, which may be one customer's among many on the host: each path that fails has a breaker of its own, and closes the door for nobody else.
/// </remarks>
internal sealed class Receiver
{
    private const int MostPaths = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, CallBreaker> _paths = new(StringComparer.Ordinal);
    private readonly CallBreaker _connection;
    private readonly WebhookBreakerOptions _options;
    private readonly TimeProvider _time;

    /// <summary>One of which nothing is known.</summary>
    public Receiver(string host, WebhookBreakerOptions options, TimeProvider time)
    {
        Host = host;
        Idle = new LinkedListNode<Receiver>(this);
        _connection = new CallBreaker(options, time);
        (_options, _time) = (options, time);
    }

    /// <summary>The host, with its port.</summary>
    public string Host { get; }

    /// <summary>How many calls are in hand; kept by <see cref="HostGates"/>.</summary>
    public int Users { get; set; }

    /// <summary>Its place among the idle ones.</summary>
    public LinkedListNode<Receiver> Idle { get; }

    /// <summary>Where it is: an IP address, or its name until that is known.</summary>
    public string Address { get; set; } = "";

    /// <summary>What is known of it.</summary>
    public ReceiverStanding Standing { get; set; }

    /// <summary>Calls whose outcome is open.</summary>
    public int Open { get; set; }

    /// <summary>Those of them that take longer than prompt receivers do.</summary>
    public int Slow { get; set; }

    /// <summary>How long it takes to answer, a mean of the last calls.</summary>
    public TimeSpan Pace { get; set; }

    /// <summary>Until when calls have been put off, so that the next one is put off for longer.</summary>
    public DateTimeOffset PutOffUntil { get; set; }

    /// <summary>Who waits for a place.</summary>
    public LinkedList<TaskCompletionSource<CallPlace?>> Waiting { get; } = new();

    /// <summary>Whether it answers, and none of its calls is taking long.</summary>
    public bool IsPrompt => Standing == ReceiverStanding.Answers && Slow == 0;

    /// <summary>Whether nothing is known of it, and nothing bad to be seen.</summary>
    public bool IsNewcomer => Standing == ReceiverStanding.New && Slow == 0;

    /// <summary>The number of the last wait for a place: the higher, the later.</summary>
    public long WaitsSince { get; set; }

    /// <summary>Asks whether a call may be made; if so, <see cref="Note"/> is to be told what came of it.</summary>
    /// <param name="path">What is called.</param>
    /// <param name="wait">When not: for how long not.</param>
    public bool TryEnter(string path, out TimeSpan wait)
    {
        if (!_connection.TryEnter(out wait))
            return false;
        if (Find(path)?.TryEnter(out wait) != false)
            return true;

        _connection.Note(failed: null);
        return false;
    }

    /// <summary>Learns what came of a call.</summary>
    /// <param name="path">What was called.</param>
    /// <param name="outcome">Null: nothing is known.</param>
    public void Note(string path, WebhookOutcome? outcome)
    {
        bool? isConnected = outcome switch
        {
            null or { StatusCode: null, Fault: WebhookFault.None } => null,
            _ => outcome.Fault != WebhookFault.NoConnection,
        };
        _connection.Note(!isConnected);
        bool? hasFailed = isConnected == true ? outcome!.Fault != WebhookFault.None : null;
        lock (_gate)
        {
            if (!_paths.TryGetValue(path, out var breaker) && hasFailed == true && _paths.Count < MostPaths)
                _paths[path] = breaker = new CallBreaker(_options, _time);
            if (breaker?.Note(hasFailed) == true)
                _paths.Remove(path);
        }
    }

    private CallBreaker? Find(string path)
    {
        lock (_gate)
            return _paths.GetValueOrDefault(path);
    }
}
