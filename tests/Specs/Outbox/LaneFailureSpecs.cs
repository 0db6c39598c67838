using BusIngest.Bus.Outbox;
using BusIngest.Specs.Notes;

namespace BusIngest.Specs.Outbox;

public sealed class LaneFailureSpecs : OutboxSpec
{
    private static readonly OutboxOptions Patient = new() { AcceptTimeout = TimeSpan.FromSeconds(5) };

    [Fact]
    public async Task Should_tell_exactly_the_callers_of_the_chunk_that_failed()
    {
        var outbox = Open();
        var others = await BusyAsync(outbox);
        var callers = Publish(outbox, 1, 2, 3);
        Lane.Sent[0].Succeed();
        Lane.Sent[1].Succeed();
        await SentAsync(3);
        var failure = new OutboxUnavailableException("the disk is full", TimeSpan.FromSeconds(1));

        Lane.Sent[2].Fail(failure);

        foreach (var caller in callers)
            Assert.Same(failure, await Assert.ThrowsAsync<OutboxUnavailableException>(() => Soon(caller)));
        await Soon(Task.WhenAll(others));
    }

    [Fact]
    public async Task Should_send_on_after_a_failure()
    {
        var outbox = Open();
        var callers = await BusyAsync(outbox);
        foreach (var chunk in Lane.Sent)
            chunk.Fail(new OutboxUnavailableException("", TimeSpan.Zero));
        foreach (var caller in callers)
            await Assert.ThrowsAsync<OutboxUnavailableException>(() => Soon(caller));
        Lane.Answers = true;

        await Soon(outbox.PublishAsync(new Note(1), Token));
    }

    [Fact]
    public async Task Should_refuse_callers_whose_chunk_hangs()
    {
        var callers = await BusyAsync(Open(Patient));

        Clock.Advance(Patient.AcceptTimeout);

        foreach (var caller in callers)
            Assert.Equal(Patient.AcceptTimeout, (await Assert.ThrowsAsync<OutboxUnavailableException>(() => Soon(caller))).RetryAfter);
    }

    [Fact]
    public async Task Should_not_refuse_before_the_time_is_up()
    {
        var callers = await BusyAsync(Open(Patient));

        Clock.Advance(Patient.AcceptTimeout - TimeSpan.FromMilliseconds(1));
        Lane.Sent[0].Succeed();

        await Soon(callers[0]);
        Assert.False(callers[1].IsCompleted);
    }

    [Fact]
    public async Task Should_refuse_callers_who_wait_behind_chunks_that_hang()
    {
        var outbox = Open(Patient);
        _ = await BusyAsync(outbox);
        var waiting = outbox.PublishAsync(new Note(1), Token);

        Clock.Advance(Patient.AcceptTimeout);
        Clock.Advance(Patient.AcceptTimeout);

        await Assert.ThrowsAsync<OutboxUnavailableException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System, Token));
    }

    [Fact]
    public async Task Should_refuse_callers_who_wait_for_room_behind_chunks_that_hang()
    {
        var outbox = Open(Patient with { MaxChunkRecords = 1 });
        _ = await BusyAsync(outbox);
        _ = outbox.PublishAsync(new Note(1), Token);
        var waiting = outbox.PublishAsync(new Note(2), Token);

        Clock.Advance(Patient.AcceptTimeout);

        await Assert.ThrowsAsync<OutboxUnavailableException>(() => Soon(waiting));
    }

    [Fact]
    public async Task Should_recover_when_the_lane_answers_at_last()
    {
        var outbox = Open(Patient);
        var callers = await BusyAsync(outbox);
        Clock.Advance(Patient.AcceptTimeout);
        foreach (var caller in callers)
            await Assert.ThrowsAsync<OutboxUnavailableException>(() => Soon(caller));

        Lane.Sent[0].Succeed();
        Lane.Sent[1].Fail(new IOException("too late"));
        Lane.Answers = true;

        await UntilAsync("It takes records again", async token =>
        {
            try
            {
                await outbox.PublishAsync(new Note(1), token);
                return true;
            }
            catch (OutboxUnavailableException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task Should_refuse_whoever_comes_while_the_whole_lane_hangs()
    {
        var outbox = Open(Patient);
        var callers = await BusyAsync(outbox);
        Clock.Advance(Patient.AcceptTimeout);
        foreach (var caller in callers)
            await Assert.ThrowsAsync<OutboxUnavailableException>(() => Soon(caller));

        // No time passes any more.
        await Assert.ThrowsAsync<OutboxUnavailableException>(() => Soon(PublishUntilRefusedAsync(outbox)));
        Assert.Equal(2, Lane.Sent.Count);
    }

    [Fact]
    public async Task Should_not_let_a_hanging_chunk_s_memory_go_to_others()
    {
        var lane = new HeldMemoryLane();
        var outbox = new CoalescingOutbox(
            [new ChunkFormat<Note, NotesTaken>(NotesJson.Default.Note, (count, records) => new NotesTaken(count, records))], lane, Patient, Clock);
        var hanging = outbox.PublishAsync(new Note(1, "as it was"), Token);
        await UntilAsync("It is sent", () => lane.First.Length > 0);
        Clock.Advance(Patient.AcceptTimeout);
        await Assert.ThrowsAsync<OutboxUnavailableException>(() => Soon(hanging));

        for (var i = 0; i < 50; i++)
            await Soon(outbox.PublishAsync(new Note(2, "overwritten?"), Token));

        Assert.Contains("as it was", lane.First, StringComparison.Ordinal);
        lane.Release();
    }

    [Fact]
    public async Task Should_let_a_caller_stop_waiting()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var caller = Open().PublishAsync(new Note(1), patience.Token);

        await SentAsync(1);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(caller));
    }

    /// <summary>The first may come before the last chunk counts as overdue: it is refused when that does.</summary>
    private static async Task PublishUntilRefusedAsync(IOutbox outbox)
    {
        while (true)
            await outbox.PublishAsync(new Note(1), Token);
    }
}
