using System.Collections.Concurrent;
using MassTransit;

namespace BusIngest.Specs.Sagas.Counting;

/// <summary>What the counters of a test do beside counting.</summary>
public sealed class CounterHooks
{
    private readonly ConcurrentQueue<string> _seen = new();

    /// <summary>Runs in the activity of every event, with what the event says; it may throw.</summary>
    public Func<ConsumeContext, string, Task> OnEvent { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What events said, once for every try, in the order of their turns.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    public Task SeeAsync(ConsumeContext context, string text)
    {
        _seen.Enqueue(text);
        return OnEvent(context, text);
    }
}
