using BusIngest.Bus.Outbox;
using BusIngest.Specs.Notes;
using FsCheck;
using FsCheck.Fluent;

namespace BusIngest.Specs.Outbox.Failover;

/// <summary>Whatever the server does: what a caller was told is durable arrives, and has its effect once.</summary>
public sealed class FallbackProperties : Spec
{
    private static readonly FallbackSetup Hasty = new()
    {
        Outbox = new OutboxOptions { MaxChunkRecords = 7 },
        Breaker = new() { FailureThreshold = 3, Cooldown = TimeSpan.FromMilliseconds(100), PublishTimeout = TimeSpan.FromMilliseconds(50) },
        Recovery = new() { ChunkSize = 5, CheckInterval = TimeSpan.FromMilliseconds(10), PublishTimeout = TimeSpan.FromMilliseconds(50) },
    };

    private static readonly Arbitrary<LaneScript[]> Scripts = Gen
        .Frequency(
            (5, Gen.Constant(LaneScript.Confirm)), (3, Gen.Constant(LaneScript.Fail)), (1, Gen.Constant(LaneScript.Hang)),
            (1, Gen.Constant(LaneScript.HangForEver)), (2, Gen.Constant(LaneScript.LoseAnswer)))
        .ArrayOf().Resize(60)
        .ToArbitrary();

    private int _example;

    [Fact]
    public Task Should_deliver_all_that_was_acknowledged_and_have_its_effect_once() => Properties.CheckAsync(
        Prop.ForAll(Scripts, async scripts =>
        {
            var folder = Path.Combine(Folder, $"{Interlocked.Increment(ref _example)}");
            var acknowledged = await RunAsync(folder, scripts);
            var lane = new ScriptedLane();
            await using var next = await FallbackProcess.StartAsync(folder, lane, TimeProvider.System, Hasty);
            await UntilAsync("The inbox is empty", () => next.Rows(nameof(NotesTaken)).Count == 0);

            await acknowledged.Killed.EndAsync();
            AssertOnce(acknowledged.Notes, [.. acknowledged.Received, .. lane.Received]);
        }),
        examples: 30);

    /// <summary>Publishes a note a step, over a lane that does as the script says, and ends like a kill.</summary>
    private static async Task<(List<int> Notes, IReadOnlyList<LaneMessage> Received, FallbackProcess Killed)> RunAsync(string folder, LaneScript[] scripts)
    {
        var step = -1;
        var lane = new ScriptedLane { ScriptOf = _ => scripts.ElementAtOrDefault(Interlocked.Increment(ref step)) };
        var process = await FallbackProcess.StartAsync(folder, lane, TimeProvider.System, Hasty);
        var notes = new List<int>();
        foreach (var callers in Enumerable.Range(0, scripts.Length).Chunk(4))
        {
            await Soon(process.PublishAsync(callers));
            notes.AddRange(callers);
            if (callers[0] % 12 == 8)
                lane.Returned.Set();
        }

        // What is abandoned goes on in this process; it must reach nobody any more.
        lane.ScriptOf = _ => LaneScript.HangForEver;
        process.Abandon();
        return (notes, lane.Received, process);
    }

    /// <summary>A consumer drops a message by its mark, and a record by its natural key: each note has its effect once, whatever came twice.</summary>
    private static void AssertOnce(List<int> acknowledged, IReadOnlyList<LaneMessage> received)
    {
        var notes = received.Where(message => message.HasNotes).ToList();
        foreach (var twice in notes.GroupBy(message => message.MessageId))
            Assert.All(twice, message => Assert.Equal(twice.First().Numbers, message.Numbers));
        Assert.Equal(acknowledged, notes.DistinctBy(message => message.MessageId).SelectMany(message => message.Numbers).Distinct().Order());
    }
}
