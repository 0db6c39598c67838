using BusIngest.Bus.Outbox;
using BusIngest.Specs.Notes;
using FsCheck;
using FsCheck.Fluent;

namespace BusIngest.Specs.Outbox;

public sealed class OutboxProperties : OutboxSpec
{
    private const int NumbersPerCaller = 1_000_000;

    /// <summary>Callers: the sizes of the lists that each publishes one after another. And the chunks' bound.</summary>
    private static readonly Arbitrary<(int[][] Callers, int MaxChunkRecords)> Loads =
        Gen.Choose(0, 12).ArrayOf().ArrayOf().Resize(8)
            .SelectMany(_ => Gen.Choose(1, 10), (callers, bound) => (callers, bound))
            .ToArbitrary();

    [Fact]
    public Task Should_send_every_record_exactly_once() => CheckAsync((callers, sent) => Assert.Equal(
        callers.SelectMany((sizes, caller) => Enumerable.Range(caller * NumbersPerCaller, sizes.Sum())), sent.Order()));

    [Fact]
    public Task Should_keep_the_order_of_each_caller() => CheckAsync((_, sent) => Assert.All(
        sent.GroupBy(number => number / NumbersPerCaller), ofCaller => Assert.Equal(ofCaller.Order(), ofCaller)));

    [Fact]
    public Task Should_hold_the_bound_of_every_chunk() => Properties.CheckAsync(
        Prop.ForAll(Loads, async load =>
        {
            var lane = await PublishAsync(load.Callers, load.MaxChunkRecords);
            Assert.All(lane.Sent, chunk => Assert.InRange(chunk.Count, 1, load.MaxChunkRecords));
            Assert.All(lane.Sent, chunk => Assert.Equal(chunk.Count, chunk.Numbers.Count));
        }),
        examples: 100);

    private Task CheckAsync(Action<int[][], List<int>> holds) => Properties.CheckAsync(
        Prop.ForAll(Loads, async load =>
        {
            var lane = await PublishAsync(load.Callers, load.MaxChunkRecords);
            holds(load.Callers, [.. lane.Sent.SelectMany(chunk => chunk.Numbers)]);
        }),
        examples: 100);

    private async Task<ManualLane> PublishAsync(int[][] callers, int maxChunkRecords)
    {
        var lane = new ManualLane { Answers = true };
        var outbox = new CoalescingOutbox(
            [new ChunkFormat<Note, NotesTaken>(NotesJson.Default.Note, (count, records) => new NotesTaken(count, records))],
            lane,
            new OutboxOptions { MaxChunkRecords = maxChunkRecords },
            Clock);
        await Soon(Task.WhenAll(callers.Select((sizes, caller) => Task.Run(() => PublishAsync(outbox, caller, sizes)))));
        return lane;
    }

    private static async Task PublishAsync(CoalescingOutbox outbox, int caller, int[] sizes)
    {
        var next = caller * NumbersPerCaller;
        foreach (var size in sizes)
        {
            await outbox.PublishAsync(Notes(next, size));
            next += size;
        }
    }
}
