using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Transports;
using BusIngest.Specs.Inbox;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Relays;

namespace BusIngest.Specs.Outbox.Failover;

public sealed class RecoverySpecs : FallbackSpec
{
    [Fact]
    public async Task Should_send_what_is_parked_oldest_first_once_the_server_is_back()
    {
        var process = await IsolatedAsync();
        await process.PublishAsync(Enumerable.Range(0, 50));

        await process.Breaker.CloseAsync();

        await UntilAsync("The inbox is empty", () => process.Rows().Count == 0);
        Assert.Equal(Enumerable.Range(0, 50), process.Delivered());
    }

    [Fact]
    public async Task Should_put_single_records_together_into_messages_as_large_as_a_chunk()
    {
        var process = await IsolatedAsync(new FallbackSetup { Outbox = new OutboxOptions { MaxChunkRecords = 100 } });
        await process.PublishAsync(Enumerable.Range(0, 1_000));
        Assert.Equal(1_000, process.Rows(nameof(NotesTaken)).Count);

        await process.Breaker.CloseAsync();

        await UntilAsync("The inbox is empty", () => process.Rows().Count == 0);
        var messages = Lane.Received.Where(message => message.HasNotes).ToList();
        Assert.All(messages, message => Assert.Equal(message.Records, message.Numbers.Count));
        Assert.All(messages, message => Assert.InRange(message.Records, 1, 100));
        // One more where the session's own events stand between.
        Assert.InRange(messages.Count, 10, 11);
        Assert.Equal(Enumerable.Range(0, 1_000), process.Delivered().Order());
    }

    [Fact]
    public async Task Should_send_a_lone_row_and_what_does_not_travel_together_under_its_own_id()
    {
        var process = await IsolatedAsync();
        await process.PublishAsync(1);
        await process.Outbox.PublishAsync(new Errand("a"), Token);
        await process.Outbox.PublishAsync(new Errand("b"), Token);
        await process.Inbox.AppendAsync(InboxFile.Entry(endpoint: "alpha"), Token);
        await process.Inbox.AppendAsync(InboxFile.Entry(endpoint: "alpha"), Token);
        await process.Inbox.AppendAsync(InboxFile.Entry("{}") with { ContentType = StoredBody.Envelope }, Token);
        await process.Inbox.AppendAsync(InboxFile.Entry("{}") with { ContentType = StoredBody.Envelope }, Token);
        var rows = process.Rows();

        await process.Breaker.CloseAsync();

        await UntilAsync("The inbox is empty", () => process.Rows().Count == 0);
        Assert.Superset(
            rows.Select(row => (row.MessageId, row.Endpoint, row.ContentType)).ToHashSet(),
            Lane.Received.Where(message => rows.Exists(row => row.MessageId == message.MessageId))
                .Select(message => (message.MessageId, message.Endpoint, message.ContentType)).ToHashSet());
        Assert.Superset(rows.Select(row => row.MessageId).ToHashSet(), Lane.Received.Select(message => message.MessageId).ToHashSet());
    }

    [Fact]
    public async Task Should_keep_a_row_until_the_server_has_confirmed_it()
    {
        var process = await IsolatedAsync();
        await process.PublishAsync(1, 2);
        Lane.Script = LaneScript.LoseAnswer;

        await process.Breaker.CloseAsync();
        await UntilAsync("The server has it", () => Lane.Received.Count > 0);
        Assert.Equal(2, process.Rows(nameof(NotesTaken)).Count);
        Lane.Script = LaneScript.Confirm;

        await PassUntilAsync("The inbox is empty", () => process.Rows().Count == 0);
        var notes = Lane.Received.Where(message => message.HasNotes).ToList();
        Assert.True(notes.Count >= 2);
        Assert.All(notes, message => Assert.Equal(notes[0].MessageId, message.MessageId));
    }

    [Fact]
    public async Task Should_stop_at_a_failure_and_count_it_with_the_breaker()
    {
        var process = await IsolatedAsync(new FallbackSetup { Outbox = new OutboxOptions { MaxChunkRecords = 1 } });
        await process.PublishAsync(Enumerable.Range(0, 1_000));
        Lane.Script = LaneScript.Fail;

        await process.Breaker.CloseAsync();

        await PassUntilAsync("The breaker is open", () => process.Breaker.Circuit == Circuit.Open);
        Assert.Equal(1_000, process.Rows(nameof(NotesTaken)).Count);
        Assert.InRange(Lane.Tries, 5, 100);
    }

    [Fact]
    public async Task Should_bound_what_is_under_way()
    {
        var process = await IsolatedAsync(new FallbackSetup { Outbox = new OutboxOptions { MaxChunkRecords = 1 } });
        await process.PublishAsync(Enumerable.Range(0, 500));

        await process.Breaker.CloseAsync();

        await UntilAsync("The inbox is empty", () => process.Rows().Count == 0);
        Assert.InRange(Lane.MostAtOnce, 2, 80);
    }

    [Fact]
    public async Task Should_let_new_chunks_past()
    {
        var process = await IsolatedAsync(new FallbackSetup { Outbox = new OutboxOptions { MaxChunkRecords = 1 } });
        await process.PublishAsync(Enumerable.Range(0, 10));
        Lane.ScriptOf = entry => LaneMessage.Of(entry) is { HasNotes: true } message && message.Numbers[0] < 10 ? LaneScript.Hang : LaneScript.Confirm;

        await process.Breaker.CloseAsync();
        await UntilAsync("The recovery hangs", () => Lane.MostAtOnce >= 10);

        await Soon(process.PublishAsync(10));
        Assert.Equal([10], process.Delivered());
        // Or the stop would wait for what hangs.
        Clock.Advance(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Should_send_at_the_start_what_an_earlier_process_left()
    {
        var earlier = await FallbackProcess.StartAsync(Folder, Lane, Clock);
        await earlier.Breaker.IsolateAsync();
        await earlier.PublishAsync(Enumerable.Range(0, 20));
        earlier.Abandon();

        var process = await StartAsync();

        await UntilAsync("The inbox is empty", () => process.Rows().Count == 0);
        Assert.Equal(Enumerable.Range(0, 20), process.Delivered().Distinct());
    }

    [Fact]
    public async Task Should_lose_nothing_when_it_is_killed_in_between()
    {
        var confirmed = 0;
        var earlier = await FallbackProcess.StartAsync(Folder, Lane, Clock, new FallbackSetup { Outbox = new OutboxOptions { MaxChunkRecords = 10 } });
        await earlier.Breaker.IsolateAsync();
        await earlier.PublishAsync(Enumerable.Range(0, 300));
        Lane.ScriptOf = _ => Interlocked.Increment(ref confirmed) <= 12 ? LaneScript.Confirm : LaneScript.HangForEver;
        await earlier.Breaker.CloseAsync();
        await UntilAsync("Some of it is sent", () => Lane.Tries > 12);
        earlier.Abandon();
        Lane.ScriptOf = null;

        var process = await StartAsync();

        await PassUntilAsync("The inbox is empty", () => process.Rows().Count == 0);
        Assert.Equal(Enumerable.Range(0, 300), process.Delivered().Distinct().Order());
    }

    [Fact]
    public async Task Should_send_now_and_then_what_is_put_into_the_inbox_while_all_is_well()
    {
        var process = await StartAsync();
        await process.Inbox.AppendAsync(InboxFile.Entry(endpoint: "alpha"), Token);

        await PassUntilAsync("The inbox is empty", () => process.Rows().Count == 0);

        Assert.Equal("alpha", Assert.Single(Lane.Received).Endpoint);
        Assert.Null(process.Sessions.Latest);
    }

    [Fact]
    public async Task Should_pause_after_each_chunk_when_it_is_told_to()
    {
        var setup = new FallbackSetup { Recovery = new RecoveryOptions { ChunkSize = 10, Cooldown = TimeSpan.FromSeconds(1) } };
        var process = await IsolatedAsync(setup);
        await process.PublishAsync(Enumerable.Range(0, 30));

        await process.Breaker.CloseAsync();
        await UntilAsync("The first chunk is sent", () => process.Rows(nameof(NotesTaken)).Count is >= 20 and < 30);
        await PassUntilAsync("The inbox is empty", () => process.Rows().Count == 0);

        Assert.True(Clock.GetUtcNow() - FakeClock.Start >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Should_set_aside_a_row_that_nobody_can_read_and_send_the_others()
    {
        var process = await IsolatedAsync();
        await process.PublishAsync(1, 2);
        await process.Inbox.AppendAsync(InboxFile.Entry("[", type: "Bygone"), Token);
        await process.PublishAsync(3);
        Lane.ScriptOf = entry => entry.MessageType is "Bygone" ? LaneScript.Unreadable : LaneScript.Confirm;

        await process.Breaker.CloseAsync();

        await PassUntilAsync("The session has ended", () => process.Sessions.Open is null);
        Assert.Equal("Bygone", Assert.Single(process.Rows()).MessageType);
        Assert.Equal([1, 2, 3], process.Delivered().Order());
        Assert.Equal((Circuit.Closed, 0), (process.Breaker.Circuit, process.Breaker.Failures));
    }

    [Fact]
    public async Task Should_set_aside_a_row_that_the_server_refuses_time_and_again_and_send_the_others()
    {
        var process = await IsolatedAsync();
        await process.PublishAsync(1, 2, 3);
        Lane.ScriptOf = entry => LaneMessage.Of(entry) is { HasNotes: true } message && message.Numbers.Contains(2) ? LaneScript.Fail : LaneScript.Confirm;

        await process.Breaker.CloseAsync();

        await PassUntilAsync("The others are sent", () => process.Rows().Count == 1);
        Assert.Equal([1, 3], process.Delivered().Distinct().Order());
        await PassUntilAsync("It is left in peace", () => process.Breaker.Circuit == Circuit.Closed && process.Sessions.Open is null);
        Lane.ScriptOf = null;
        Clock.Advance(TimeSpan.FromMinutes(1));

        await PassUntilAsync("It is tried again later", () => process.Rows().Count == 0);
    }

    private async Task<FallbackProcess> IsolatedAsync(FallbackSetup? setup = null)
    {
        var process = await StartAsync(setup);
        await process.Breaker.IsolateAsync();
        return process;
    }
}
