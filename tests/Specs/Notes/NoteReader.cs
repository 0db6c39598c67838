using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;

namespace BusIngest.Specs.Notes;

/// <summary>One endpoint that consumes notes, as the test steers it.</summary>
internal sealed class NoteReader
{
    private readonly ConcurrentQueue<int> _begun = new();
    private readonly ConcurrentQueue<int> _done = new();
    private readonly Lock _count = new();
    private int _now;

    /// <summary>Stands before the work.</summary>
    public Gate Gate { get; } = new();

    /// <summary>The work; nothing by default.</summary>
    public Func<ConsumeContext<NotesTaken>, Task> Work { get; set; } = _ => Task.CompletedTask;

    /// <summary>Numbers of the notes that were handed over, once for every try.</summary>
    public IReadOnlyCollection<int> Begun => _begun;

    /// <summary>Numbers of the notes whose work was done.</summary>
    public IReadOnlyCollection<int> Done => _done;

    /// <summary>The most messages that were in hand at once.</summary>
    public int MostAtOnce { get; private set; }

    public async Task ConsumeAsync(ConsumeContext<NotesTaken> context)
    {
        var numbers = Numbers(context.Message);
        lock (_count)
            MostAtOnce = Math.Max(MostAtOnce, ++_now);
        try
        {
            foreach (var number in numbers)
                _begun.Enqueue(number);
            await Gate.PassAsync(context.CancellationToken);
            await Work(context);
            foreach (var number in numbers)
                _done.Enqueue(number);
        }
        finally
        {
            lock (_count)
                _now--;
        }
    }

    private static List<int> Numbers(NotesTaken message) =>
        [.. JsonSerializer.Deserialize(message.Records, NotesJson.Default.NoteArray)!.Select(note => note.Number)];
}
