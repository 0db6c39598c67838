namespace BusIngest.Workers.Sync.Pacing;

/// <summary>
/// Decides when the next request may be sent: what a window permits is spread over it, so that none is refused and none is left over.
/// Not thread-safe.
/// </summary>
/// <remarks>
/// Where the headers tell a window's end in whole seconds, waiting for the latest moment that this may mean would cost up to a second
/// of each window. The first window's end is therefore tried at the earliest likely moment, and what comes of it settles how the
/// header is to be understood: see <see cref="RoundingGuess"/>.
/// </remarks>
internal sealed class Pacer(PaceState state)
{
    /// <summary>Windows end a little later than they should, on another machine's clock.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>A wait from which a pace is learned where no headers tell it.</summary>
    private static readonly TimeSpan ShortestLesson = TimeSpan.FromSeconds(2);

    /// <summary>Of such a window a second is 2 % at most.</summary>
    private const double LongWindowSeconds = 50;

    private const double LongestLearnedMs = 60_000;

    /// <summary>Each request that is not refused lets a learned pace become so much faster: what permits more is found out in time.</summary>
    private const double Relief = 0.999;

    /// <summary>A learned pace is this much slower than what was refused.</summary>
    private const double Caution = 1.05;

    /// <summary>What is known now.</summary>
    public PaceState State { get; private set; } = state;

    /// <summary>When the next request may be sent.</summary>
    /// <param name="now">The time.</param>
    /// <param name="useBy">When the cursor expires; null: it does not, or nobody knows.</param>
    /// <returns>The moment, not before <paramref name="now"/>.</returns>
    public DateTimeOffset NextAt(DateTimeOffset now, DateTimeOffset? useBy)
    {
        var next = Latest(State.BlockedUntil, LearnedNextAt());
        if (State.WindowEndsAt is { } end && end > now)
            next = Latest(next, State.Remaining > 0 ? SpreadNextAt(end, useBy) : end);
        return next > now ? next : now;
    }

    /// <summary>Takes note of an answer.</summary>
    /// <param name="headers">What it says.</param>
    /// <param name="isRefusal">Whether the request was one too many.</param>
    /// <param name="sentAt">When the request was sent.</param>
    /// <param name="answeredAt">When its headers were there.</param>
    public void Note(RateHeaders headers, bool isRefusal, DateTimeOffset sentAt, DateTimeOffset answeredAt)
    {
        if (isRefusal)
            NoteTooSoon(sentAt);
        State = State with
        {
            LastSentAt = sentAt,
            BlockedUntil = null,
            CountedSince = State.CountedSince ?? sentAt,
            Counted = State.Counted + (isRefusal ? 0 : 1),
            LearnedIntervalMs = State.LearnedIntervalMs * (isRefusal ? 1 : Relief),
        };
        if (headers.Remaining is { } remaining && headers.Reset is { } reset)
            NoteWindow(headers.Limit, isRefusal ? 0 : remaining, reset, sentAt, answeredAt);
        if (isRefusal)
            NoteRefusal(headers, answeredAt);
    }

    /// <summary>A refusal right after a window's supposed end: it was supposed too early.</summary>
    private void NoteTooSoon(DateTimeOffset sentAt)
    {
        if (State.Rounding != RoundingGuess.SecondLater && State.WindowEndsAt is { } end && sentAt >= end)
            State = State with { Rounding = State.Rounding + 1, IsSettled = true };
    }

    private void NoteWindow(int? limit, int remaining, WindowEnd reset, DateTimeOffset sentAt, DateTimeOffset answeredAt)
    {
        var isSame = reset.At is { } at && at == State.WindowTold;
        var isNew = !isSame && (State.WindowEndsAt is not { } end || remaining > State.Remaining || (sentAt >= end && remaining > 0));
        if (isSame && remaining > 0)
            NoteTooSoon(sentAt);
        if (isNew)
        {
            Settle(reset, sentAt);
            State = State with { WindowSentAt = sentAt, WindowAnsweredAt = answeredAt, WindowTold = reset.At };
        }

        var endsAt = EndOf(reset, answeredAt, State.Rounding);
        // Each answer of a window tells of the same end; the earliest is the nearest to it.
        if (!isNew && reset.SecondsFromNow is not null && State.WindowEndsAt is { } told && told < endsAt && told > answeredAt)
            endsAt = told;
        State = State with
        {
            Limit = limit ?? State.Limit,
            Remaining = remaining,
            WindowEndsAt = endsAt,
            WindowMs = isNew && remaining > 0 ? WindowOf(endsAt, sentAt) : State.WindowMs,
        };
    }

    /// <summary>
    /// At the end of the first window: the guess has stood its test if the new window began before the next, safer guess says, and before
    /// the moment that was told. If nobody asked that early, it stands where both windows are of the same length by it: those that begin with
    /// the clock are mostly not, as the first of them was under way. Else, and where a second matters little, the safer one it is: no later
    /// window's end is tried.
    /// </summary>
    private void Settle(WindowEnd reset, DateTimeOffset sentAt)
    {
        if (State is not { IsSettled: false, WindowTold: { } told, WindowSentAt: { } begun, Rounding: RoundingGuess.UpFromFirstRequest })
            return;

        var safer = EndOf(new WindowEnd(SecondsFromNow: null, told, IsRounded: true), sentAt, RoundingGuess.DownFromFirstRequest);
        var length = Math.Floor((told - begun).TotalSeconds);
        var isAsLong = length < LongWindowSeconds && reset.At is { } next && Math.Floor((next - sentAt).TotalSeconds) == length;
        var stands = sentAt < safer && (sentAt < told || isAsLong);
        State = State with { IsSettled = true, Rounding = stands ? State.Rounding : RoundingGuess.DownFromFirstRequest };
    }

    private DateTimeOffset EndOf(WindowEnd reset, DateTimeOffset answeredAt, RoundingGuess rounding)
    {
        if (reset.SecondsFromNow is { } seconds)
        {
            var end = answeredAt + TimeSpan.FromSeconds(seconds) + Margin;
            return reset.IsRounded && rounding != RoundingGuess.UpFromFirstRequest ? end + Second : end;
        }

        var at = reset.At!.Value;
        if (!reset.IsRounded)
            return at + Margin;
        if (rounding == RoundingGuess.SecondLater)
            return at + Second + Margin;

        var left = (at - State.WindowSentAt!.Value).TotalSeconds;
        var whole = rounding == RoundingGuess.UpFromFirstRequest ? Math.Floor(left) : Math.Ceiling(left);
        return State.WindowAnsweredAt!.Value + TimeSpan.FromSeconds(Math.Max(whole, 0)) + Margin;
    }

    private void NoteRefusal(RateHeaders headers, DateTimeOffset answeredAt)
    {
        var until = answeredAt + (headers.RetryAfter is { } asked && asked > TimeSpan.Zero ? asked + Margin : headers.Reset is null ? Second : Margin);
        State = State with { BlockedUntil = until };
        if (headers.Remaining is not null && headers.Reset is not null)
            return;

        // Nothing is said of windows: so many requests were permitted from the first to when the next one is. A short wait is no window's.
        if (State.Counted > 0 && State.CountedSince is { } since && headers.RetryAfter >= ShortestLesson)
        {
            var interval = (until - since) / State.Counted * Caution;
            State = State with { LearnedIntervalMs = Math.Min(interval.TotalMilliseconds, LongestLearnedMs) };
        }

        State = State with { Counted = 0, CountedSince = null };
    }

    private DateTimeOffset? LearnedNextAt() =>
        State is { LearnedIntervalMs: { } interval, LastSentAt: { } last } ? last + TimeSpan.FromMilliseconds(interval) : null;

    /// <summary>The requests that are left, at equal pauses; all at once where the cursor would not outlive the pause.</summary>
    private DateTimeOffset SpreadNextAt(DateTimeOffset end, DateTimeOffset? useBy)
    {
        var last = State.LastSentAt!.Value;
        var next = last + ((end - last) / (State.Remaining + 1));
        return useBy is { } limit && next > limit ? last : next;
    }

    private static long WindowOf(DateTimeOffset endsAt, DateTimeOffset sentAt) => (long)Math.Max(1, (endsAt - sentAt).TotalMilliseconds);

    private static DateTimeOffset Latest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is { } first && (other is not { } second || first > second) ? first : other ?? DateTimeOffset.MinValue;
}
