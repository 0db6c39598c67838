using System.Collections.Concurrent;
using BusIngest.Specs.Notes;
using MassTransit;

namespace BusIngest.Specs.Relays;

/// <summary>One endpoint, as the test steers it: every message has an effect, and is noted at every try.</summary>
internal sealed class Station
{
    private readonly ConcurrentQueue<string> _heard = new();

    /// <summary>Stands before the work.</summary>
    public Gate Gate { get; } = new();

    /// <summary>The work, before the effect; nothing by default.</summary>
    public Func<ConsumeContext, string, Task> Work { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>The texts that were handed over, once for every try.</summary>
    public IReadOnlyCollection<string> Heard => _heard;

    public async Task ConsumeAsync(ConsumeContext context, string text)
    {
        _heard.Enqueue(text);
        await Gate.PassAsync(context.CancellationToken);
        await Work(context, text);
        await context.AddEffectAsync();
    }
}
