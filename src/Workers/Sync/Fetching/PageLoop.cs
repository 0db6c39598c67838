using BusIngest.Workers.Sync.Pages;
using BusIngest.Workers.Sync.Sources;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>
/// Asks for one page after the other, each as soon as its cursor is known and the pace permits, and hands them on to be stored. A page that
/// could not be fetched is asked for again a few times, in ways that depend on what is wrong with it.
/// </summary>
internal sealed class PageLoop(PageClient client, CursorTrails trails, SyncOptions options, TimeProvider time, PullSource source, Guid runId, Position position)
{
    private static readonly TimeSpan ShortestAnswerTime = TimeSpan.FromMilliseconds(500);

    /// <summary>A cursor that lives no longer than this is hardly worth a backoff.</summary>
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(20);

    private const int MostTriesOfShortLife = 12;

    /// <summary>A cursor that is refused this often is of no use, however young it is.</summary>
    private const int MostRefusalsOfCursor = 3;

    /// <summary>An answer may take this many times as long as the one before.</summary>
    private const int SlowerThanBefore = 4;

    private readonly long _begun = time.GetTimestamp();
    private int _failures;
    private int _refusals;
    private int _doubts;
    private TimeSpan _lastAnswerTime;

    /// <summary>Fetches until the stretch is over.</summary>
    /// <param name="hand">Takes a page over; completes when there is room for the next.</param>
    /// <param name="countStored">Completes when all pages are stored, with the number of the source's events.</param>
    /// <param name="stopping">Ends it because it is not wanted any more.</param>
    /// <exception cref="OperationCanceledException">It is not wanted any more.</exception>
    public async Task<StretchEnd> RunAsync(Func<FetchedPage, Task> hand, Func<Task<long>> countStored, CancellationToken stopping)
    {
        while (true)
        {
            // Not while a page fails: what is wrong with it shall be settled within a stretch.
            if (_failures == 0 && time.GetElapsedTime(_begun) >= options.StretchTime)
                return new StretchEnd(StretchResult.More);
            if (await WaitForTurnAsync(stopping) is { } until)
                return new StretchEnd(StretchResult.Throttled) { Until = until };

            var answer = await FetchAsync(stopping);
            var fault = answer.Fault ?? Examine(answer.Page!);
            if (fault is null)
            {
                var isLast = !answer.Page!.IsFollowed;
                position.Advance(answer.Page, answer.AnsweredAt);
                await hand(answer.Page);
                (var missing, fault) = isLast ? await ExamineEndAsync(countStored) : (null, null);
                if (fault is null && isLast)
                    return new StretchEnd(StretchResult.Completed) { Note = missing };
                if (fault is null)
                {
                    (_failures, _refusals, _doubts) = (0, 0, 0);
                    continue;
                }
            }
            else
            {
                answer.Page?.Dispose();
            }

            position.Tally.NoteFault(fault, time.GetUtcNow());
            if (await HandleAsync(fault, stopping) is { } end)
                return end;
        }
    }

    /// <summary>Waits until the pace permits another request.</summary>
    /// <returns>When that is, if it is too far off to wait for it.</returns>
    private async Task<DateTimeOffset?> WaitForTurnAsync(CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        var next = position.Pacer.NextAt(now, position.UseBy);
        if (next - now > options.LongestWaitInHand)
            return next;
        if (next > now)
            await Task.Delay(next - now, time, stopping);
        return null;
    }

    private async Task<PageAnswer> FetchAsync(CancellationToken stopping)
    {
        var answer = await client.FetchAsync(source, position.Cursor, AnswerTime(), stopping);
        position.Tally.NoteRequest(answer, isRetry: _failures > 0);
        if (answer.Rate is { } rate)
        {
            _lastAnswerTime = answer.AnsweredAt - answer.SentAt;
            position.Pacer.Note(rate, answer.Fault?.Kind == FaultKind.Throttled, answer.SentAt, answer.AnsweredAt);
        }

        return answer;
    }

    /// <summary>Half of the cursor's life, so that another try fits in, unless the other side is known to be slow.</summary>
    private TimeSpan AnswerTime()
    {
        if (position.UseBy is not { } useBy)
            return options.AnswerTimeout;

        var half = (useBy - time.GetUtcNow()) / 2;
        var least = _lastAnswerTime * SlowerThanBefore > ShortestAnswerTime ? _lastAnswerTime * SlowerThanBefore : ShortestAnswerTime;
        var wanted = half > least ? half : least;
        return wanted < options.AnswerTimeout ? wanted : options.AnswerTimeout;
    }

    /// <summary>Finds what is wrong with a page that looks like one.</summary>
    private PageFault? Examine(FetchedPage page)
    {
        if (!page.HasData)
            return new PageFault(FaultKind.NotAPage, $"the answer has no array at '{source.Definition.DataPath}'");
        if (!page.IsFollowed)
            return null;
        if (page.NextCursor is not { } next)
            return new PageFault(FaultKind.NotAPage, "there are more pages, but no cursor leads to them");
        if (page.Count == 0 && _doubts++ < options.QuickRetries.Count)
            return new PageFault(FaultKind.EmptyPage, "no events, though there are said to be more");

        return string.Equals(next, position.Cursor, StringComparison.Ordinal) || !trails.TryNote(runId, next, position.PassPages + 1)
            ? new PageFault(FaultKind.RepeatedCursor, "the next cursor is one that was there before")
            : null;
    }

    /// <summary>
    /// A last page with which there are fewer events than announced is asked for again a few times: it may have come too early, or the
    /// number been wrong this once. What then still stands is taken for true.
    /// </summary>
    /// <returns>What is missing, and the fault, if the page is to be asked for again.</returns>
    private async Task<(string? Missing, PageFault? Fault)> ExamineEndAsync(Func<Task<long>> countStored)
    {
        var stored = await countStored();
        if (position.Tally.Total is not { } total || stored >= total)
            return (null, null);

        var missing = $"{total} events were announced, {stored} are stored";
        return (missing, _doubts++ < options.QuickRetries.Count ? new PageFault(FaultKind.WrongTotal, $"the last page: {missing}") : null);
    }

    private async Task<StretchEnd?> HandleAsync(PageFault fault, CancellationToken stopping)
    {
        if (fault.IsFinal)
            return new StretchEnd(StretchResult.Failed) { Fault = fault };
        // The pacer knows when to go on.
        if (fault.Kind == FaultKind.Throttled)
            return null;
        if (fault.Kind == FaultKind.CursorExpired && (IsOld() || ++_refusals >= MostRefusalsOfCursor))
            return new StretchEnd(StretchResult.CursorExpired);
        if (PauseBeforeRetry() is not { } pause || fault.RetryAfter > options.LongestWaitInHand)
            return new StretchEnd(StretchResult.Failed) { Fault = fault };

        _failures++;
        await Task.Delay(fault.RetryAfter > pause ? fault.RetryAfter.Value : pause, time, stopping);
        return null;
    }

    /// <summary>The pause before the page is asked for again; null: it has been asked for often enough. While a cursor lives that is to
    /// die soon, there are more and shorter ones: all of them cost less than to begin at the first page again.</summary>
    private TimeSpan? PauseBeforeRetry()
    {
        var pauses = options.QuickRetries;
        var pause = pauses.Count == 0 ? TimeSpan.Zero : pauses[Math.Min(_failures, pauses.Count - 1)];
        if (position.UseBy is not { } useBy || position.CursorLife is not { } life || life > ShortLife)
            return _failures < pauses.Count ? pause : null;

        var share = life / MostTriesOfShortLife;
        pause = pause < share ? pause : share;
        return _failures < MostTriesOfShortLife && time.GetUtcNow() + pause < useBy ? pause : null;
    }

    /// <summary>Whether the cursor may well have expired: of its life is not known, or most of it is over.</summary>
    private bool IsOld() =>
        position.CursorAt is not { } since || position.CursorLife is not { } life || time.GetUtcNow() - since >= life * 0.9;
}
