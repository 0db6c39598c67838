using System.Text;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Specs.Notes;

namespace BusIngest.Specs.Outbox.Failover;

public sealed class FallbackLaneSpecs : FallbackSpec
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(400);
    private const int Callers = 120;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Should_send_to_the_server_and_leave_the_inbox_alone_while_all_is_well()
    {
        var process = await OpenAsync();
        var chunk = Chunk(1);

        await Soon(process.Chunks.SendAsync(chunk, Token));

        var received = Assert.Single(Lane.Received);
        Assert.Equal((chunk.MessageId, nameof(NotesTaken), 1), (received.MessageId, received.MessageType, received.Records));
        Assert.Equal([1], received.Numbers);
        Assert.Empty(process.Rows());
        Assert.Null(process.Sessions.Latest);
    }

    [Fact]
    public async Task Should_park_what_the_server_refuses_under_the_same_id()
    {
        var process = await OpenAsync();
        Lane.Script = LaneScript.Fail;
        var chunk = Chunk(1);

        await Soon(process.Chunks.SendAsync(chunk, Token));

        var row = Assert.Single(process.Rows());
        Assert.Equal((chunk.MessageId, nameof(NotesTaken), 1, null), (row.MessageId, row.MessageType, row.Records, row.Endpoint));
        Assert.Equal(chunk.Records.ToArray(), row.Body);
    }

    [Theory]
    [InlineData(LaneScript.Hang)]
    [InlineData(LaneScript.HangForEver)]
    [InlineData(LaneScript.LoseAnswer)]
    public async Task Should_park_what_the_server_does_not_confirm_in_time(object script)
    {
        var process = await OpenAsync();
        Lane.Script = (LaneScript)script;

        var sending = process.Chunks.SendAsync(Chunk(1), Token);
        await UntilAsync("The server has it", () => Lane.Tries == 1);
        Clock.Advance(Deadline - TimeSpan.FromMilliseconds(1));
        Assert.False(sending.IsCompleted);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        await Soon(sending);
        Assert.Single(process.Rows());
    }

    [Fact]
    public async Task Should_not_try_the_server_while_the_breaker_is_open()
    {
        var process = await OpenAsync();
        await BreakAsync(process);
        var tries = Lane.Tries;
        Lane.Script = LaneScript.Confirm;

        await Soon(Task.WhenAll(Enumerable.Range(1, 50).Select(number => process.Chunks.SendAsync(Chunk(number), Token))));

        Assert.Equal(tries, Lane.Tries);
        Assert.Equal(tries + 50, process.Rows().Count);
    }

    /// <summary>The longest wait is behind one chunk that hangs, and then with one's own.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public async Task Should_answer_every_caller_in_time_while_the_server_hangs_and_the_breaker_has_not_opened(int recordsPerChunk)
    {
        var process = await OpenAsync(new FallbackSetup { Outbox = new OutboxOptions { MaxChunkRecords = recordsPerChunk } });
        Lane.Script = LaneScript.HangForEver;
        var waits = new List<Task<TimeSpan>>();
        while (waits.Count < Callers || !waits.TrueForAll(wait => wait.IsCompleted))
        {
            Assert.InRange(Clock.GetElapsedTime(0), TimeSpan.Zero, TimeSpan.FromSeconds(5));
            for (var caller = 0; caller < 5 && waits.Count < Callers; caller++)
                waits.Add(WaitAsync(process, waits.Count));
            await SettleAsync(process, waits);
            Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        foreach (var wait in waits)
            Assert.InRange(await wait, TimeSpan.Zero, Bound);
        Assert.Equal(Circuit.Open, process.Breaker.Circuit);
        Assert.Equal(Callers, process.Rows().Sum(row => row.Records));
    }

    [Fact]
    public async Task Should_not_let_a_server_that_hangs_read_what_others_write()
    {
        var process = await OpenAsync();
        var seen = new List<ReadOnlyMemory<byte>>();
        Lane.ScriptOf = entry =>
        {
            seen.Add(entry.Body);
            return LaneScript.HangForEver;
        };
        var publishing = process.Outbox.PublishAsync(new Note(1, "as it was"), Token);
        await UntilAsync("The server has it", () => Lane.Tries == 1);
        Clock.Advance(Deadline);
        await Soon(publishing);
        Lane.ScriptOf = null;

        for (var i = 0; i < 50; i++)
            await Soon(process.Outbox.PublishAsync(new Note(2, "overwritten?"), Token));

        Assert.Contains("as it was", Encoding.UTF8.GetString(seen[0].Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_when_the_server_is_away_and_the_inbox_is_full()
    {
        var process = await OpenAsync(new FallbackSetup { Inbox = new InboxOptions { MaxBytes = 10 }, Breaker = new BreakerOptions { FailureThreshold = 1 } });
        await BreakAsync(process);

        var refusal = await Assert.ThrowsAsync<OutboxUnavailableException>(() => Soon(process.Chunks.SendAsync(Chunk(1), Token)));

        Assert.True(refusal.RetryAfter > TimeSpan.Zero);
    }

    [Fact]
    public async Task Should_refuse_when_the_server_is_away_and_the_file_cannot_be_written_and_take_all_when_the_server_is_back()
    {
        var process = await OpenAsync();
        Lane.Script = LaneScript.Fail;
        using (await Storage.UnwritableFile.ReplaceAsync(process.Get<InboxDatabase>()))
            await Assert.ThrowsAsync<OutboxUnavailableException>(() => Soon(process.Chunks.SendAsync(Chunk(1), Token)));
        Lane.Script = LaneScript.Confirm;

        await Soon(process.Chunks.SendAsync(Chunk(2), Token));

        Assert.Equal([2], process.Delivered());
    }

    [Fact]
    public async Task Should_hold_bulk_producers_back_while_much_is_parked()
    {
        var process = await OpenAsync(new FallbackSetup { Inbox = new InboxOptions { BulkHighWaterBytes = 100 } });
        await BreakAsync(process);
        var waiting = process.Outbox.WaitUntilCaughtUpAsync(Token);
        Assert.False(waiting.IsCompleted);

        var rows = process.Rows();
        await process.Inbox.RemoveAsync([.. rows.Skip(1).Select(row => new ConsumedRow(row.Seq, row.Records, row.Body.Length, row.MessageType))], Token);

        await Soon(waiting);
    }

    [Fact]
    public async Task Should_hold_bulk_producers_back_while_much_waits_behind_the_server()
    {
        var process = await OpenAsync();
        await Soon(process.Outbox.WaitUntilCaughtUpAsync(Token));
        Lane.Backlog = 501;
        Clock.Advance(TimeSpan.FromMilliseconds(100));

        var waiting = process.Outbox.WaitUntilCaughtUpAsync(Token);
        for (var i = 0; i < 10; i++)
            Clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.False(waiting.IsCompleted);
        Lane.Backlog = 500;

        await PassUntilAsync("It goes on", () => waiting.IsCompleted);
    }

    [Fact]
    public async Task Should_ask_for_the_backlog_now_and_then_only()
    {
        var process = await OpenAsync();

        for (var i = 0; i < 1_000; i++)
            await Soon(process.Outbox.WaitUntilCaughtUpAsync(Token));

        Assert.Equal(1, Lane.BacklogAsked);
    }

    [Fact]
    public async Task Should_let_bulk_producers_go_on_when_the_backlog_is_unknown_or_the_server_is_out_of_use()
    {
        var process = await OpenAsync();
        Lane.Backlog = null;
        await Soon(process.Outbox.WaitUntilCaughtUpAsync(Token));
        Lane.Backlog = 1_000_000;
        Clock.Advance(TimeSpan.FromMilliseconds(100));
        await process.Breaker.IsolateAsync();

        await Soon(process.Outbox.WaitUntilCaughtUpAsync(Token));
    }

    /// <summary>Waits until nothing happens any more without time passing: the clock does not show how long the disk takes.</summary>
    private async Task SettleAsync(FallbackProcess process, List<Task<TimeSpan>> waits)
    {
        var (seen, calm) = ((0, 0L, 0), 0);
        await UntilAsync("All is calm", () =>
        {
            var now = (Lane.Tries, process.Inbox.Status.Messages, waits.Count(wait => wait.IsCompleted));
            calm = now == seen ? calm + 1 : 0;
            seen = now;
            return calm == 2;
        });
    }

    private async Task<TimeSpan> WaitAsync(FallbackProcess process, int number)
    {
        var begun = Clock.GetTimestamp();
        await process.Outbox.PublishAsync(new Note(number), Token);
        return Clock.GetElapsedTime(begun);
    }
}
