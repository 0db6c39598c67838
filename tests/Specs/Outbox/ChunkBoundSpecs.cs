using BusIngest.Bus.Outbox;

namespace BusIngest.Specs.Outbox;

public sealed class ChunkBoundSpecs : OutboxSpec
{
    private const int NoteBytes = 1_000;

    [Fact]
    public async Task Should_split_a_list_by_the_bound_of_records()
    {
        Lane.Answers = true;

        await Soon(Open(new OutboxOptions { MaxChunkRecords = 3 }).PublishAsync(Notes(0, 10), Token));

        Assert.Equal([3, 3, 3, 1], Lane.Sent.Select(chunk => chunk.Count));
    }

    [Fact]
    public async Task Should_keep_the_order_of_a_list_that_is_split()
    {
        Lane.Answers = true;

        await Soon(Open(new OutboxOptions { MaxChunkRecords = 7 }).PublishAsync(Notes(0, 100), Token));

        Assert.Equal(Enumerable.Range(0, 100), Lane.Sent.SelectMany(chunk => chunk.Numbers));
    }

    [Fact]
    public async Task Should_close_a_chunk_at_the_bound_of_bytes()
    {
        Lane.Answers = true;

        await Soon(Open(new OutboxOptions { MaxChunkBytes = 4 * NoteBytes }).PublishAsync(Notes(0, 10, NoteBytes), Token));

        Assert.Equal([4, 4, 2], Lane.Sent.Select(chunk => chunk.Count));
    }

    [Fact]
    public async Task Should_carry_a_record_that_is_larger_than_a_chunk()
    {
        Lane.Answers = true;

        await Soon(Open(new OutboxOptions { MaxChunkBytes = NoteBytes }).PublishAsync(Notes(0, 2, 5 * NoteBytes), Token));

        Assert.Equal([1, 1], Lane.Sent.Select(chunk => chunk.Count));
    }

    [Fact]
    public async Task Should_not_put_callers_together_past_the_bound_of_records()
    {
        var outbox = Open(new OutboxOptions { MaxChunkRecords = 3 });
        _ = await BusyAsync(outbox);
        _ = outbox.PublishAsync(Notes(0, 2), Token);
        _ = outbox.PublishAsync(Notes(2, 2), Token);

        Lane.Sent[0].Succeed();
        Lane.Sent[1].Succeed();

        await SentAsync(4);
        Assert.Equal([2, 2], Lane.Sent.Skip(2).Select(chunk => chunk.Count));
    }

    [Fact]
    public async Task Should_not_put_callers_together_past_the_bound_of_bytes()
    {
        var outbox = Open(new OutboxOptions { MaxChunkBytes = 2 * NoteBytes });
        _ = await BusyAsync(outbox);
        foreach (var note in Notes(0, 4, NoteBytes - 100))
            _ = outbox.PublishAsync(note, Token);

        Lane.Sent[0].Succeed();
        Lane.Sent[1].Succeed();

        await SentAsync(4);
        Assert.All(Lane.Sent, chunk => Assert.InRange(chunk.Records.Length, 1, (2 * NoteBytes) + 2));
    }

    [Fact]
    public async Task Should_complete_a_list_when_all_its_chunks_are_durable()
    {
        var caller = Open(new OutboxOptions { MaxChunkRecords = 1 }).PublishAsync(Notes(0, 2), Token);

        await SentAsync(2);
        Lane.Sent[0].Succeed();
        await UntilAsync("The first is answered", () => Lane.Sent[0].Answer.IsCompleted);
        Assert.False(caller.IsCompleted);
        Lane.Sent[1].Succeed();

        await Soon(caller);
    }
}
