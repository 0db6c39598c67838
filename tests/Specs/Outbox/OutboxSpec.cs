using BusIngest.Bus.Outbox;
using BusIngest.Contracts.Cars;
using BusIngest.Specs.Notes;

namespace BusIngest.Specs.Outbox;

/// <summary>A test of an outbox that carries notes and cars, over a lane that the test answers for.</summary>
public abstract class OutboxSpec : Spec
{
    private protected ManualLane Lane { get; } = new();

    private protected FakeClock Clock { get; } = new();

    private protected IOutbox Open(OutboxOptions? options = null) => new CoalescingOutbox(
        [
            new ChunkFormat<Note, NotesTaken>(NotesJson.Default.Note, (count, records) => new NotesTaken(count, records)),
            new ChunkFormat<Car, CarGenerated>(CarsJson.Default.Car, (count, records) => new CarGenerated(count, records)),
        ],
        Lane,
        options ?? new OutboxOptions(),
        Clock);

    /// <summary>Two callers whose chunks, the first two that are sent, keep the lane busy.</summary>
    private protected async Task<IReadOnlyList<Task>> BusyAsync(IOutbox outbox)
    {
        var first = outbox.PublishAsync(new Note(-1), Token);
        await SentAsync(1);
        var second = outbox.PublishAsync(new Note(-2), Token);
        await SentAsync(2);
        return [first, second];
    }

    /// <summary>A caller for each note.</summary>
    private protected static IReadOnlyList<Task> Publish(IOutbox outbox, params IEnumerable<int> numbers) =>
        [.. numbers.Select(number => outbox.PublishAsync(new Note(number), Token))];

    private protected static IReadOnlyList<Note> Notes(int first, int count, int size = 0) =>
        [.. Enumerable.Range(first, count).Select(number => new Note(number, new string('x', size)))];

    private protected Task SentAsync(int count) => UntilAsync($"{count} chunks are sent", () => Lane.Sent.Count >= count);
}
