using System.Collections.Concurrent;
using System.Text.Json;
using BusIngest.Bus.Inbox;

namespace BusIngest.Bus.Outbox.Failover.Recovery;

/// <summary>
/// Remembers parked rows that could not be sent. One that fails again goes alone, so that it holds up no other; one that fails time and
/// again though the lane passes its tests is set aside for a while, and one that nobody can read until the next start. No row is ever removed.
/// </summary>
internal sealed class RowTroubles(TimeProvider time)
{
    private const int FailuresUntilAlone = 2;
    private const int FailuresUntilSetAside = 4;
    private static readonly TimeSpan SetAsideFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, Trouble> _bySeq = new();

    /// <summary>How many rows are set aside.</summary>
    public int SetAside => _bySeq.Values.Count(IsSetAside);

    /// <summary>Whether the exception is about the message, and not about the lane.</summary>
    public static bool IsOfMessage(Exception exception) => exception is JsonException or KeyNotFoundException or FormatException;

    /// <summary>Whether a row is not to be sent now.</summary>
    public bool IsSetAside(InboxMessage row) => _bySeq.TryGetValue(row.Seq, out var trouble) && IsSetAside(trouble);

    /// <summary>Whether a row is to be sent by itself.</summary>
    public bool TravelsAlone(InboxMessage row) => _bySeq.TryGetValue(row.Seq, out var trouble) && trouble.Failures >= FailuresUntilAlone;

    /// <summary>Rows of one message could not be sent.</summary>
    public void Failed(IReadOnlyList<InboxMessage> rows, bool unreadable)
    {
        var until = time.GetUtcNow() + SetAsideFor;
        foreach (var row in rows)
        {
            _bySeq.AddOrUpdate(
                row.Seq,
                _ => unreadable && rows.Count == 1 ? new Trouble(FailuresUntilSetAside, DateTimeOffset.MaxValue) : new Trouble(unreadable ? FailuresUntilAlone : 1, until),
                (_, known) => unreadable && rows.Count == 1
                    ? new Trouble(FailuresUntilSetAside, DateTimeOffset.MaxValue)
                    : new Trouble(Math.Max(known.Failures + 1, unreadable ? FailuresUntilAlone : 1), until));
        }
    }

    /// <summary>Rows of one message were sent.</summary>
    public void Sent(IReadOnlyList<InboxMessage> rows)
    {
        if (_bySeq.IsEmpty)
            return;
        foreach (var row in rows)
            _bySeq.TryRemove(row.Seq, out _);
    }

    private bool IsSetAside(Trouble trouble) => trouble.Failures >= FailuresUntilSetAside && time.GetUtcNow() < trouble.Until;

    private readonly record struct Trouble(int Failures, DateTimeOffset Until);
}
