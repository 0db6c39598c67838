using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using BusIngest.Bus.Sagas;
using MassTransit;

namespace BusIngest.Integration.Redis;

/// <summary>A saga that counts, and tells of each count.</summary>
public sealed class Tally : ISagaDocument
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public int SchemaVersion { get; set; } = 1;

    public int Count { get; set; }

    /// <summary>Another one with each event, as a machine makes tokens.</summary>
    public Guid Token { get; set; }
}

/// <summary>Counts one.</summary>
public sealed record Add(Guid Id);

/// <summary>Counts one, and is then at rest.</summary>
public sealed record Rest(Guid Id);

/// <summary>Ends the saga.</summary>
public sealed record Finish(Guid Id);

/// <summary>A saga has counted.</summary>
public sealed record Counted(Guid Id, int Count, Guid Token);

/// <summary>A record that travels by itself.</summary>
public sealed record Word(int Number);

/// <summary>How they are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Tally))]
[JsonSerializable(typeof(Add))]
[JsonSerializable(typeof(Add[]))]
[JsonSerializable(typeof(Rest))]
[JsonSerializable(typeof(Rest[]))]
[JsonSerializable(typeof(Finish))]
[JsonSerializable(typeof(Finish[]))]
[JsonSerializable(typeof(Word))]
[JsonSerializable(typeof(Word[]))]
public sealed partial class TallyJson : JsonSerializerContext;

/// <summary>Gathers words.</summary>
public sealed class WordConsumer(ConcurrentBag<int> heard) : IConsumer<Word>
{
    public Task Consume(ConsumeContext<Word> context)
    {
        heard.Add(context.Message.Number);
        return Task.CompletedTask;
    }
}

/// <summary>Gathers counts.</summary>
public sealed class CountedConsumer(ConcurrentQueue<Counted> heard) : IConsumer<Counted>
{
    public Task Consume(ConsumeContext<Counted> context)
    {
        heard.Enqueue(context.Message);
        return Task.CompletedTask;
    }
}

/// <summary>The machine.</summary>
public sealed class TallyMachine : MassTransitStateMachine<Tally>
{
    public TallyMachine()
    {
        InstanceState(x => x.CurrentState);
        Event(() => Added, x => x.CorrelateById(context => context.Message.Id));
        Event(() => Rested, x => x.CorrelateById(context => context.Message.Id));
        Event(() => Finished, x =>
        {
            x.CorrelateById(context => context.Message.Id);
            x.OnMissingInstance(missing => missing.Discard());
        });
        Initially(When(Added).ThenAsync(CountAsync).TransitionTo(Open));
        During(Open, When(Added).ThenAsync(CountAsync), When(Rested).ThenAsync(CountAsync).TransitionTo(Resting));
        During(Resting, Ignore(Added), Ignore(Rested));
        DuringAny(When(Finished).ThenAsync(CountAsync).Finalize());
        SetCompletedWhenFinalized();
    }

    public State Open { get; } = null!;

    public State Resting { get; } = null!;

    public Event<Add> Added { get; } = null!;

    public Event<Rest> Rested { get; } = null!;

    public Event<Finish> Finished { get; } = null!;

    private static Task CountAsync(BehaviorContext<Tally> context)
    {
        context.Saga.Count++;
        context.Saga.Token = Guid.NewGuid();
        return context.Publish(new Counted(context.Saga.CorrelationId, context.Saga.Count, context.Saga.Token));
    }
}
