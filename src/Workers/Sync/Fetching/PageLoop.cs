using BusIngest.Workers.Sync.Pages;
using BusIngest.Workers.Sync.Sources;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>
/// Asks for one page after the other, each as soon as its cursor is known and the pace permits, and hands them on to be stored. A page that
/// could not be fetched is asked for again a few times, in ways that depend on what is wrong with it.
/// </summary>
internal sealed class PageLoop(PageClient client, PassTrails trails, SyncOptions options, TimeProvider time, PullSource source, Guid runId, Position position)
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
    private int _earlyEnds;
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
            var (fault, isLast) = answer.Fault is { } failure ? (failure, false) : await ExamineAsync(answer.Page!, countStored);
            if (fault is null)
            {
                var isSaidToGoOn = answer.Page!.HasMore == true;
                position.Advance(answer.Page, isLast, answer.AnsweredAt, LifeOf(answer));
                await hand(answer.Page);
                (var note, fault) = isLast ? await ExamineEndAsync(countStored, isSaidToGoOn) : (null, null);
                if (fault is null && isLast)
                    return new StretchEnd(StretchResult.Completed) { Note = note };
                if (fault is null)
                {
                    (_failures, _refusals, _doubts, _earlyEnds) = (0, 0, 0, 0);
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
        var next = position.Pacer.NextAt(now, position.UseBy, position.PagesToGo);
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
            var isRefusal = answer.Fault?.Kind == FaultKind.Throttled;
            position.Pacer.Note(rate, isRefusal, answer.SentAt, answer.AnsweredAt);
            if (isRefusal)
                answer = answer with { Fault = answer.Fault! with { Error = $"{answer.Fault.Error}: {position.Pacer.State.Note}" } };
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

    /// <summary>Finds what is wrong with a page that looks like one, and whether it is the last.</summary>
    private async Task<(PageFault? Fault, bool IsLast)> ExamineAsync(FetchedPage page, Func<Task<long>> countStored)
    {
        if (!page.HasData)
            return (new PageFault(FaultKind.NotAPage, $"the answer has no array at '{source.Definition.DataPath}'"), false);
        if (!page.IsFollowed || LeadsNowhere(page))
            return (null, true);
        if (page.NextCursor is not { } next)
            return (new PageFault(FaultKind.NotAPage, "there are more pages, but no cursor leads to them"), false);
        // One may have come too early; of several in a row, each is what it is.
        if (page.Count == 0 && trails.FruitlessOf(runId) == 0 && _doubts++ < options.QuickRetries.Count)
            return (new PageFault(FaultKind.EmptyPage, "no events, though there are said to be more"), false);
        if (page.Count == 0 && await IsAllThereAsync(page, countStored))
            return (null, true);

        var number = position.PassPages;
        var fruitless = trails.NotePage(runId, page.Content, number);
        if (fruitless >= options.MaxFruitlessPages)
            return (new PageFault(FaultKind.NothingNew, $"{fruitless} pages in a row brought nothing new, though there are said to be more: {Seen()}"), false);
        return string.Equals(next, position.Cursor, StringComparison.Ordinal) || !trails.TryNoteCursor(runId, next, number + 1)
            ? (new PageFault(FaultKind.RepeatedCursor, $"the next cursor is one that was there before: {Seen()}"), false)
            : (null, false);
    }

    /// <summary>Whether an empty page has the cursor that it was asked with, and no flag says that there are more.</summary>
    private bool LeadsNowhere(FetchedPage page) => page is { Count: 0, HasMore: null }
        && position.Cursor is not null && string.Equals(page.NextCursor, position.Cursor, StringComparison.Ordinal);

    /// <summary>Whether all that was announced has been served, and is stored: what is served twice counts twice there, and once here.</summary>
    /// <exception cref="OperationCanceledException">Nothing is stored any more; the page is given back.</exception>
    private async Task<bool> IsAllThereAsync(FetchedPage page, Func<Task<long>> countStored)
    {
        // Fewer than were seen can't be.
        var total = page.Total >= position.PassEvents ? page.Total : position.Tally.Total ?? page.Total;
        if (!(total <= position.PassEvents))
            return false;

        try
        {
            return total <= await countStored();
        }
        catch
        {
            page.Dispose();
            throw;
        }
    }

    private string Seen() => $"{position.PassEvents} events on {position.PassPages} pages"
        + (position.Tally.Total is { } total ? $", {total} announced" : "");

    /// <summary>How long the page's cursor lives; nobody knows where that is over already.</summary>
    private TimeSpan? LifeOf(PageAnswer answer) =>
        answer.Page!.CursorLife?.From(answer.AnsweredAt, answer.Rate!.ClockAhead) is { } life && life > TimeSpan.Zero
            ? life < options.LongestWait ? life : options.LongestWait
            : null;

    /// <summary>
    /// A last page with which there are fewer events than announced is asked for again a few times: it may have come too early, or the
    /// number been wrong this once. What then still stands is taken for true.
    /// </summary>
    /// <returns>What is odd, and the fault, if the page is to be asked for again.</returns>
    private async Task<(string? Note, PageFault? Fault)> ExamineEndAsync(Func<Task<long>> countStored, bool isSaidToGoOn)
    {
        var stored = await countStored();
        var more = isSaidToGoOn ? "the source says that there are more pages, and has nothing on them" : null;
        if (position.Tally.Total is not { } total || (stored >= total && position.PassEvents >= total))
            return (more, null);

        var missing = stored < total ? $"{total} events were announced, {stored} are stored" : $"{total} events were announced, {position.PassEvents} were served";
        return _earlyEnds++ < options.QuickRetries.Count
            ? (missing, new PageFault(FaultKind.WrongTotal, $"the last page: {missing}"))
            : (more is null ? missing : $"{missing}; {more}", null);
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
            return new StretchEnd(StretchResult.Failed) { Fault = fault.Kind == FaultKind.TooMuch ? fault with { IsFinal = true } : fault };

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
