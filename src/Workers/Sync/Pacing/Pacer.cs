using BusIngest.Workers.Net;

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
/// <param name="state">What is known.</param>
/// <param name="longest">The longest wait, whatever a hint says.</param>
internal sealed class Pacer(PaceState state, TimeSpan longest)
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

    /// <summary>So many answers before a refusal say something of a pace; of fewer, the other side may just have been busy.</summary>
    private const int LeastLesson = 3;

    /// <summary>Each refusal in a row makes us wait so much longer than the last.</summary>
    private const double Growth = 2;

    /// <summary>A window that is longer is worth asking ahead in, while a tenth of it is left: what is spread over hours outlives no cursor.</summary>
    private static readonly TimeSpan LongWindow = TimeSpan.FromMinutes(10);

    private const int ReserveShare = 10;

    private static readonly TimeSpan ClockStep = TimeSpan.FromMinutes(1);

    /// <summary>Where a refusal may be followed so much earlier than the bucket is full, it is no window.</summary>
    private static readonly TimeSpan BucketGap = TimeSpan.FromSeconds(2);

    /// <summary>What is known now.</summary>
    public PaceState State { get; private set; } = state;

    /// <summary>When the next request may be sent.</summary>
    /// <param name="now">The time.</param>
    /// <param name="useBy">When the cursor expires; null: it does not, or nobody knows.</param>
    /// <param name="pagesToGo">Requests that are left to the end; null: nobody knows.</param>
    /// <returns>The moment, not before <paramref name="now"/>, and not later than the longest wait after it.</returns>
    public DateTimeOffset NextAt(DateTimeOffset now, DateTimeOffset? useBy, long? pagesToGo = null)
    {
        // The clock was set back: what is known is of another time.
        if (State.LastSentAt > now + ClockStep)
            return now;

        var next = Latest(State.BlockedUntil, LearnedNextAt());
        if (State.WindowEndsAt is { } end && end > now)
            next = Latest(next, State.Remaining > 0 ? SpreadNextAt(end, useBy, pagesToGo) : State.IsBucket ? RefilledAt(end) : end);
        return next <= now ? now : next - now > longest ? now + longest : next;
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
        else if (State.Refusals > 1)
            Learn(sentAt);
        State = State with
        {
            LastSentAt = sentAt,
            BlockedUntil = null,
            Refusals = isRefusal ? State.Refusals + 1 : 0,
            Note = headers.Note ?? State.Note,
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

    private void NoteWindow(int? limit, int remaining, WaitHint reset, DateTimeOffset sentAt, DateTimeOffset answeredAt)
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
        if (!isNew && reset.Seconds is not null && State.WindowEndsAt is { } told && told < endsAt && told > answeredAt)
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
    private void Settle(WaitHint reset, DateTimeOffset sentAt)
    {
        if (State is not { IsSettled: false, WindowTold: { } told, WindowSentAt: { } begun, Rounding: RoundingGuess.UpFromFirstRequest })
            return;

        var safer = EndOf(new WaitHint(Seconds: null, told, IsWhole: true), sentAt, RoundingGuess.DownFromFirstRequest);
        var length = Math.Floor((told - begun).TotalSeconds);
        var isAsLong = length < LongWindowSeconds && reset.At is { } next && Math.Floor((next - sentAt).TotalSeconds) == length;
        var stands = sentAt < safer && (sentAt < told || isAsLong);
        State = State with { IsSettled = true, Rounding = stands ? State.Rounding : RoundingGuess.DownFromFirstRequest };
    }

    private DateTimeOffset EndOf(WaitHint reset, DateTimeOffset answeredAt, RoundingGuess rounding)
    {
        if (reset.Seconds is { } seconds)
        {
            var end = answeredAt + TimeSpan.FromSeconds(seconds) + Margin;
            return reset.IsWhole && rounding != RoundingGuess.UpFromFirstRequest ? end + Second : end;
        }

        var at = reset.At!.Value;
        if (!reset.IsWhole)
            return at + Margin;
        if (rounding == RoundingGuess.SecondLater)
            return at + Second + Margin;

        var left = (at - State.WindowSentAt!.Value).TotalSeconds;
        var whole = rounding == RoundingGuess.UpFromFirstRequest ? Math.Floor(left) : Math.Ceiling(left);
        return State.WindowAnsweredAt!.Value + TimeSpan.FromSeconds(Math.Max(whole, 0)) + Margin;
    }

    /// <summary>Retry-After says when to ask again; without it the window's end does. A refusal that follows another makes us wait longer, whatever they say.</summary>
    private void NoteRefusal(RateHeaders headers, DateTimeOffset answeredAt)
    {
        var left = headers.Reset is null ? TimeSpan.Zero : State.WindowEndsAt.GetValueOrDefault() - answeredAt;
        var (asked, whose) = headers.RetryAfter is { } after && after > TimeSpan.Zero ? (after + Margin, "Retry-After")
            : left > TimeSpan.Zero ? (left, "the window's end")
            : (Second, "no hint of use");
        var wait = asked;
        if (State.Refusals > 1)
            wait = Longest(asked, Longest(Second, TimeSpan.FromMilliseconds(State.RefusedForMs) * Growth));
        wait = wait < longest ? wait : longest;
        var until = answeredAt + wait;
        State = State with
        {
            BlockedUntil = until,
            RefusedForMs = wait.TotalMilliseconds,
            Note = $"{(headers.Note is { } note ? note + "; " : "")}refused {State.Refusals} in a row, waits {RateHeaders.Show(wait)} ({(wait > asked ? "longer each time" : whose)})",
        };
        if (headers.RetryAfter > TimeSpan.Zero && State.WindowEndsAt > until)
            State = State with { WindowEndsAt = until, IsBucket = left - wait > BucketGap };
        if (headers.Remaining is not null && headers.Reset is not null)
            return;

        // Nothing is said of windows: so many requests were permitted from the first to when the next one is. A short wait is no window's.
        if (headers.RetryAfter >= ShortestLesson)
        {
            LearnFrom(until);
            State = State with { Counted = 0, CountedSince = null };
        }
    }

    /// <summary>The first request after some that were refused without a hint tells how long the requests before them had to last.</summary>
    private void Learn(DateTimeOffset sentAt)
    {
        if (State.CountedSince is null || State.WindowEndsAt is not null)
            return;

        LearnFrom(sentAt);
        State = State with { Counted = 0, CountedSince = null };
    }

    private void LearnFrom(DateTimeOffset until)
    {
        if (State.Counted >= LeastLesson && State.CountedSince is { } since && until - since >= ShortestLesson)
            State = State with { LearnedIntervalMs = Math.Min(((until - since) / State.Counted * Caution).TotalMilliseconds, LongestLearnedMs) };
    }

    private DateTimeOffset? LearnedNextAt() =>
        State is { LearnedIntervalMs: { } interval, LastSentAt: { } last } ? last + TimeSpan.FromMilliseconds(interval) : null;

    /// <summary>
    /// The requests that are left, at equal pauses; all at once where the cursor would not outlive the pause, or where there is nothing to save: as many are left
    /// as there are pages to go, or nobody knows of these and the window is long.
    /// </summary>
    private DateTimeOffset SpreadNextAt(DateTimeOffset end, DateTimeOffset? useBy, long? pagesToGo)
    {
        var last = State.LastSentAt!.Value;
        if (pagesToGo <= State.Remaining || State.IsBucket)
            return last;
        if (pagesToGo is null && end - last > LongWindow && State.Remaining > State.Limit / ReserveShare)
            return last;

        var next = last + ((end - last) / (State.Remaining + 1));
        return useBy is { } limit && next > limit ? last : next;
    }

    /// <summary>When a bucket that was empty holds one more.</summary>
    private DateTimeOffset RefilledAt(DateTimeOffset full)
    {
        var last = State.LastSentAt!.Value;
        return last + ((full - last) / Math.Max(1, State.Limit ?? 1));
    }

    private static long WindowOf(DateTimeOffset endsAt, DateTimeOffset sentAt) => (long)Math.Max(1, (endsAt - sentAt).TotalMilliseconds);

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static DateTimeOffset Latest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is { } first && (other is not { } second || first > second) ? first : other ?? DateTimeOffset.MinValue;
}
