using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Outbox.Failover.Sessions;

/// <summary>
/// Brings events of sessions to those who write them down, who may be slow: the outbox never waits for them. What doesn't fit is
/// dropped; every later event of the session says the same and more.
/// </summary>
internal sealed class FailoverEvents(ILogger<FailoverEvents> logger)
{
    private const int Length = 1_024;

    private readonly Channel<FailoverEvent> _toLog = Bounded();
    private readonly Channel<FailoverEvent> _toPublish = Bounded();

    /// <summary>What the log file has yet to get.</summary>
    public ChannelReader<FailoverEvent> ToLog => _toLog.Reader;

    /// <summary>What the bus has yet to get.</summary>
    public ChannelReader<FailoverEvent> ToPublish => _toPublish.Reader;

    /// <summary>Takes an event, and returns at once.</summary>
    public void Add(FailoverEvent happened)
    {
        if (!_toLog.Writer.TryWrite(happened) | !_toPublish.Writer.TryWrite(happened))
            logger.LogWarning("{Event} of failover session {Session} is not written down: too much waits", happened.Kind, happened.Facts.SessionId);
    }

    private static Channel<FailoverEvent> Bounded() => Channel.CreateBounded<FailoverEvent>(new BoundedChannelOptions(Length) { SingleReader = true });
}
