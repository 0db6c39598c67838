using BusIngest.Api.Summaries;
using BusIngest.Workers.Events;

namespace BusIngest.Specs.Summaries;

public sealed class SummaryCacheSpecs : Spec
{
    private const string Window = "last_24h";

    private readonly FakeClock _clock = new();
    private readonly SummaryCache _cache;
    private readonly List<TaskCompletionSource<AccountSummary>> _reads = [];
    private readonly List<bool> _fresh = [];

    public SummaryCacheSpecs() => _cache = new SummaryCache(new SummaryOptions { MaxAge = TimeSpan.FromSeconds(5) }, _clock);

    [Fact]
    public async Task Should_read_once_for_many_at_once()
    {
        var asked = Enumerable.Range(0, 50).Select(_ => AskAsync("a")).ToList();
        await AnswerAsync(1, events: 7);

        Assert.All(await Soon(Task.WhenAll(asked)), summary => Assert.Equal(7, summary.Totals.Sum));
        Assert.Equal(7, (await AskAsync("a")).Totals.Sum);
        Assert.Single(_reads);
    }

    [Fact]
    public async Task Should_read_again_when_it_is_too_old()
    {
        var first = AskAsync("a");
        await AnswerAsync(1, events: 1);
        await Soon(first);
        _clock.Advance(TimeSpan.FromMilliseconds(4_999));
        Assert.Equal(1, (await AskAsync("a")).Totals.Sum);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = AskAsync("a");
        await AnswerAsync(2, events: 2);

        Assert.Equal(2, (await Soon(second)).Totals.Sum);
    }

    [Fact]
    public async Task Should_keep_accounts_and_windows_apart()
    {
        var asked = new[] { AskAsync("a"), AskAsync("b"), AskAsync("a", window: "last_7d") };
        await UntilAsync("All are read", () => Reads == 3);
        await AnswerAsync(3, events: 1);
        await Soon(Task.WhenAll(asked));

        Store("a");
        _ = AskAsync("b");
        _ = AskAsync("a");

        await UntilAsync("One is read again", () => Reads == 4);
    }

    [Fact]
    public async Task Should_not_give_what_was_read_before_something_was_stored()
    {
        var first = AskAsync("a");
        await AnswerAsync(1, events: 1);
        await Soon(first);

        Store("a");
        var second = AskAsync("a");
        await AnswerAsync(2, events: 2);

        Assert.Equal(2, (await Soon(second)).Totals.Sum);
    }

    [Fact]
    public async Task Should_neither_keep_nor_share_what_began_to_be_read_before_something_was_stored()
    {
        var early = AskAsync("a");
        await UntilAsync("It is read", () => Reads == 1);
        Store("a");
        var late = Enumerable.Range(0, 10).Select(_ => AskAsync("a")).ToList();

        _reads[0].SetResult(Summary("a", 1));
        Assert.Equal(1, (await Soon(early)).Totals.Sum);
        await AnswerAsync(2, events: 2);

        Assert.All(await Soon(Task.WhenAll(late)), summary => Assert.Equal(2, summary.Totals.Sum));
        Assert.Equal(2, (await AskAsync("a")).Totals.Sum);
        Assert.Equal(2, Reads);
    }

    [Fact]
    public async Task Should_keep_nothing_while_a_transaction_may_commit_at_any_moment()
    {
        var first = AskAsync("a");
        await AnswerAsync(1, events: 1);
        await Soon(first);

        _cache.Storing(["a", "b"]);
        _cache.Storing(["a"]);
        for (var read = 2; read <= 3; read++)
        {
            var asked = AskAsync("a");
            await AnswerAsync(read, events: read);
            Assert.Equal(read, (await Soon(asked)).Totals.Sum);
        }

        _cache.Stored(["a"]);
        _ = AskAsync("a");
        await AnswerAsync(4, events: 4);
        _cache.Stored(["a", "b"]);
        var last = AskAsync("a");
        await AnswerAsync(5, events: 5);

        Assert.Equal(5, (await Soon(last)).Totals.Sum);
        Assert.Equal(5, (await AskAsync("a")).Totals.Sum);
    }

    [Fact]
    public async Task Should_read_for_whoever_wants_it_fresh_and_share_that()
    {
        var first = AskAsync("a");
        await AnswerAsync(1, events: 1);
        await Soon(first);

        var fresh = AskAsync("a", fresh: true);
        await UntilAsync("It is read", () => Reads == 2);
        var later = new[] { AskAsync("a", fresh: true), AskAsync("a", fresh: true) };
        await AnswerAsync(2, events: 2);
        await AnswerAsync(3, events: 3);

        Assert.Equal(2, (await Soon(fresh)).Totals.Sum);
        Assert.All(await Soon(Task.WhenAll(later)), summary => Assert.Equal(3, summary.Totals.Sum));
        Assert.Equal([false, true, true], _fresh);
    }

    [Fact]
    public async Task Should_read_again_after_a_failure()
    {
        var failed = AskAsync("a");
        await UntilAsync("It is read", () => Reads == 1);
        _reads[0].SetException(new InvalidOperationException("no"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Soon(failed));

        var asked = AskAsync("a");
        await AnswerAsync(2, events: 2);

        Assert.Equal(2, (await Soon(asked)).Totals.Sum);
    }

    [Fact]
    public async Task Should_end_the_wait_and_not_the_reading()
    {
        using var gone = new CancellationTokenSource();
        var left = _cache.GetAsync("a", Window, fresh: false, ReadAsync, gone.Token).AsTask();
        var stays = AskAsync("a");
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(left));
        await AnswerAsync(1, events: 1);
        Assert.Equal(1, (await Soon(stays)).Totals.Sum);
    }

    /// <summary>Many ask while many store: nobody gets a summary that lacks a write that was over when they asked.</summary>
    [Fact]
    public async Task Should_never_give_less_than_was_stored_before_the_question()
    {
        var cache = new SummaryCache(new SummaryOptions(), TimeProvider.System);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var stored = 0L;
        var asking = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                var before = Interlocked.Read(ref stored);
                var summary = await cache.GetAsync("a", Window, fresh: false, ReadAsync, Token);
                Assert.InRange(summary.Totals.Login, before, long.MaxValue);
            }
        })).ToList();
        for (var i = 0; i < 3_000; i++)
        {
            cache.Storing(["a"]);
            Interlocked.Increment(ref stored);
            await Task.Yield();
            cache.Stored(["a"]);
        }

        await over.CancelAsync();
        await Soon(Task.WhenAll(asking));

        async Task<AccountSummary> ReadAsync(bool fresh)
        {
            var seen = Interlocked.Read(ref stored);
            await Task.Yield();
            return Summary("a", seen);
        }
    }

    private int Reads
    {
        get
        {
            lock (_reads)
                return _reads.Count;
        }
    }

    private void Store(string account)
    {
        _cache.Storing([account]);
        _cache.Stored([account]);
    }

    private Task<AccountSummary> AskAsync(string account, bool fresh = false, string window = Window) =>
        _cache.GetAsync(account, window, fresh, ReadAsync, Token).AsTask();

    private Task<AccountSummary> ReadAsync(bool fresh)
    {
        var read = new TaskCompletionSource<AccountSummary>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_reads)
        {
            _reads.Add(read);
            _fresh.Add(fresh);
        }

        return read.Task;
    }

    /// <summary>Waits for so many reads, and answers those that are not answered.</summary>
    private async Task AnswerAsync(int reads, long events)
    {
        await UntilAsync($"{reads} are read", () => Reads >= reads);
        lock (_reads)
            _reads.ForEach(read => read.TrySetResult(Summary("a", events)));
    }

    private static AccountSummary Summary(string account, long events) => new(account, new EventTotals(0, 0, 0, events, 0), [], FakeClock.Start);
}
