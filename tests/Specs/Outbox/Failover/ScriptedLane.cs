using BusIngest.Bus;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Failover;

namespace BusIngest.Specs.Outbox.Failover;

/// <summary>A lane over a server that does as the test says, and shows what reached it.</summary>
internal sealed class ScriptedLane : IPrimaryLane, IBacklog
{
    private readonly Lock _gate = new();
    private readonly List<LaneMessage> _received = [];
    private int _tests;
    private int _tries;
    private int _atOnce;

    public string Name { get; init; } = "rabbitmq";

    public string? Master { get; set; }

    public MasterPromotion? LastPromotion { get; set; }

    public Pulse Returned { get; } = new();

    /// <summary>What it does with messages and tests.</summary>
    public LaneScript Script { get; set; } = LaneScript.Confirm;

    /// <summary>What it does with a message, where that depends on it.</summary>
    public Func<InboxEntry, LaneScript>? ScriptOf { get; set; }

    /// <summary>Keeps tests waiting, whatever their deadline, until it completes.</summary>
    public Task Holding { get; set; } = Task.CompletedTask;

    /// <summary>Messages that wait behind it.</summary>
    public long? Backlog { get; set; } = 0;

    /// <summary>How often the backlog was asked for.</summary>
    public int BacklogAsked { get; private set; }

    /// <summary>What reached the server, in this order.</summary>
    public IReadOnlyList<LaneMessage> Received
    {
        get
        {
            lock (_gate)
                return [.. _received];
        }
    }

    /// <summary>Test writes so far.</summary>
    public int Tests => Volatile.Read(ref _tests);

    /// <summary>Messages it was given so far.</summary>
    public int Tries => Volatile.Read(ref _tries);

    /// <summary>The most messages that it had in hand at once.</summary>
    public int MostAtOnce { get; private set; }

    public async Task ForwardAsync(InboxEntry entry, CancellationToken deadline)
    {
        Interlocked.Increment(ref _tries);
        lock (_gate)
            MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
        try
        {
            await RunAsync(ScriptOf?.Invoke(entry) ?? Script, entry, deadline);
        }
        finally
        {
            lock (_gate)
                _atOnce--;
        }
    }

    public async Task ProbeAsync(CancellationToken deadline)
    {
        Interlocked.Increment(ref _tests);
        await Holding;
        await RunAsync(Script, message: null, deadline);
    }

    public ValueTask<long?> MessagesAsync(CancellationToken deadline)
    {
        BacklogAsked++;
        return ValueTask.FromResult(Backlog);
    }

    private async Task RunAsync(LaneScript script, InboxEntry? message, CancellationToken deadline)
    {
        if (script is LaneScript.Confirm or LaneScript.LoseAnswer && message is { } received)
        {
            lock (_gate)
                _received.Add(LaneMessage.Of(received));
        }

        await Task.Yield();
        switch (script)
        {
            case LaneScript.Fail:
                throw new IOException("The connection was refused.");
            case LaneScript.Unreadable:
                throw new FormatException("Nobody can read this.");
            case LaneScript.Hang or LaneScript.LoseAnswer:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, deadline);
                break;
            case LaneScript.HangForEver:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
                break;
        }
    }
}
