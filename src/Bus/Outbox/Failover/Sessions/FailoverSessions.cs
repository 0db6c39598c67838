using BusIngest.Bus.Inbox;
using BusIngest.Contracts.Failover;

namespace BusIngest.Bus.Outbox.Failover.Sessions;

/// <summary>
/// Keeps the book of failovers. A session begins with the first failure that sends data to the fallback, or by hand, and ends when the
/// lane is in use and nothing is parked. There is at most one; what goes wrong before its end belongs to it. One that an earlier process of
/// the directory left open goes on.
/// </summary>
internal sealed class FailoverSessions : IFailoverSessions
{
    /// <summary>A promotion may be heard of before the failure that it answers is felt.</summary>
    private static readonly TimeSpan PromotionMayPrecede = TimeSpan.FromSeconds(30);

    private readonly IPrimaryLane _lane;
    private readonly SqliteInbox _inbox;
    private readonly FailoverOptions _options;
    private readonly FailoverEvents _events;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private FailoverFacts? _latest;
    private MasterPromotion? _promotion;
    private bool _isInFallback;
    private bool _isRecovering;
    private DateTimeOffset _drainingSince;
    private int _parking;
    private volatile string _lastFailure = "The lane was out of use.";

    public FailoverSessions(IPrimaryLane lane, SqliteInbox inbox, FailoverOptions options, FailoverEvents events, SessionFile file, TimeProvider time)
    {
        _lane = lane;
        _inbox = inbox;
        _options = options;
        _events = events;
        _time = time;
        _promotion = lane.LastPromotion;
        _latest = file.Read();
    }

    /// <inheritdoc />
    public FailoverFacts? Latest => Volatile.Read(ref _latest);

    /// <summary>The session that is open; null when none is.</summary>
    public FailoverFacts? Open => Latest is { RecoveryCompletedAt: null } open ? open : null;

    /// <summary>The lane failed. Begins a session, unless one is open.</summary>
    public void Fail(Exception failure)
    {
        _lastFailure = $"{failure.GetType().Name}: {failure.Message}";
        Begin(_lastFailure, isolated: false);
    }

    /// <summary>Rows are there that no session is known of. Begins one, unless one is open.</summary>
    public void FindParked() => Begin("An earlier process left rows in the inbox.", isolated: false);

    /// <summary>The breaker opened. Begins a session, unless one is open: the one of the failures may have ended, as nothing was parked yet.</summary>
    /// <param name="byHand">Whether it was opened by hand.</param>
    public void EnterFallback(bool byHand)
    {
        lock (_gate)
        {
            if (_isInFallback)
                return;

            Begin(byHand ? "Isolated by hand." : _lastFailure, isolated: byHand);
            var open = Open!;
            _isInFallback = true;
            _isRecovering = false;
            var now = _time.GetUtcNow();
            Tell(FailoverEventKind.FallbackEntered, open with { FallbackAt = open.FallbackAt ?? now, InFallbackSince = open.InFallbackSince ?? now, PrimaryAt = null });
        }
    }

    /// <summary>The breaker closed.</summary>
    public void LeaveFallback()
    {
        lock (_gate)
        {
            _isInFallback = false;
            NoteReturn();
        }
    }

    /// <summary>Looks whether another server has become the master.</summary>
    public void NotePromotion()
    {
        if (ReferenceEquals(_lane.LastPromotion, Volatile.Read(ref _promotion)))
            return;

        lock (_gate)
            NoteNewPromotion();
    }

    /// <summary>A chunk is about to be parked: until <see cref="EndParking"/> there is a session.</summary>
    public void BeginParking()
    {
        Interlocked.Increment(ref _parking);
        Begin(_lastFailure, isolated: false);
    }

    /// <summary>A chunk is parked, or could not be.</summary>
    /// <param name="records">How many records of it are in the inbox now.</param>
    public void EndParking(int records)
    {
        lock (_gate)
        {
            Interlocked.Decrement(ref _parking);
            if (Open is { } open)
                Volatile.Write(ref _latest, open with { Fallbacks = open.Fallbacks + records });
        }
    }

    /// <summary>What is parked is about to be sent; the recovery has started once the lane has confirmed some of it.</summary>
    public void BeginDraining()
    {
        lock (_gate)
            _drainingSince = _time.GetUtcNow();
    }

    /// <summary>The lane has confirmed parked records.</summary>
    public void Drained(int records)
    {
        lock (_gate)
        {
            StartRecovery();
            if (Open is { } open)
                Volatile.Write(ref _latest, open with { Drained = open.Drained + records });
        }
    }

    /// <summary>Ends the session, unless something is parked, or just being parked, or the lane is out of use.</summary>
    /// <param name="setAside">Rows that stay in the inbox for a reason of their own.</param>
    public void CompleteRecovery(int setAside)
    {
        lock (_gate)
        {
            if (Open is null || _isInFallback || Volatile.Read(ref _parking) > 0 || _inbox.Status.Messages > setAside)
                return;

            StartRecovery();
            _isRecovering = false;
            Tell(FailoverEventKind.RecoveryCompleted, Open! with { RecoveryCompletedAt = _time.GetUtcNow() });
        }
    }

    private void Begin(string reason, bool isolated)
    {
        if (Open is not null)
            return;

        lock (_gate)
        {
            if (Open is not null)
                return;

            var now = _time.GetUtcNow();
            Tell(FailoverEventKind.FailureDetected, new FailoverFacts
            {
                SessionId = Guid.CreateVersion7(now),
                Process = _options.Process,
                Lane = _lane.Name,
                Reason = reason,
                Isolated = isolated,
                DetectedAt = now,
            });
            NoteNewPromotion();
        }
    }

    private void StartRecovery()
    {
        if (_isRecovering || _isInFallback || Open is null)
            return;

        // A session of an earlier process has not left the fallback yet.
        NoteReturn();
        _isRecovering = true;
        Tell(FailoverEventKind.RecoveryStarted, Open! with { RecoveryStartedAt = Max(_drainingSince, Open!.DetectedAt) });
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private void NoteReturn()
    {
        if (Open is not { InFallbackSince: { } since } open)
            return;

        var now = _time.GetUtcNow();
        var spent = (long)Math.Max(0, (now - since).TotalMilliseconds);
        Tell(FailoverEventKind.PrimaryReturned, open with { InFallbackSince = null, PrimaryAt = now, FallbackMs = open.FallbackMs + spent });
    }

    private void NoteNewPromotion()
    {
        var promotion = _lane.LastPromotion;
        if (promotion is null || ReferenceEquals(promotion, _promotion))
            return;

        if (Open is { } open)
        {
            _promotion = promotion;
            if (promotion.At >= open.DetectedAt - PromotionMayPrecede)
                Tell(FailoverEventKind.PromotionSeen, open with { PromotedAt = promotion.At, PromotedMaster = promotion.To });
        }
    }

    /// <summary>Called under the lock, so that events leave in the order of their steps.</summary>
    private void Tell(FailoverEventKind kind, FailoverFacts facts)
    {
        facts = facts with { Step = facts.Step + 1 };
        Volatile.Write(ref _latest, facts);
        _events.Add(new FailoverEvent(kind, _time.GetUtcNow(), facts, _inbox.Status.Records));
    }
}
