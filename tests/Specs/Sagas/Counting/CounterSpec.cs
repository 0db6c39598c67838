using BusIngest.Bus;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Sagas;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Relays;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BusIngest.Specs.Sagas.Counting;

/// <summary>A test of sagas that count, at the endpoint `counters`.</summary>
public abstract class CounterSpec : Spec
{
    private protected LogLines Log { get; } = new();

    /// <summary>A process on the test's directory; another one may follow it.</summary>
    private protected Task<BusProcess> StartAsync(CounterHooks? hooks = null, RetryOptions? retry = null) => BusProcess.StartAsync(Folder, new BusSetup
    {
        Options = new BusOptions { Retry = retry ?? new RetryOptions { Immediate = 3, Spaced = [] } },
        Services = services => services
            .AddSingleton(hooks ?? new CounterHooks())
            .AddSingleton<ILoggerProvider>(Log)
            .AddRecord(CounterJson.Default.Counted, CounterJson.Default.CountedArray),
        Consumers = bus => bus.AddSagaStateMachine<CounterMachine, Counter>()
            .Endpoint(endpoint =>
            {
                endpoint.Name = "counters";
                endpoint.ConcurrentMessageLimit = 64;
            })
            .DocumentRepository("counter", CounterJson.Default.Counter),
    });

    /// <summary>Sends an event by itself.</summary>
    private protected static async Task SendAsync<T>(BusProcess process, T message, Guid? messageId = null)
        where T : class
    {
        var queue = await process.Get<IBus>().GetSendEndpoint(new Uri("queue:counters"));
        await queue.Send(message, context => context.MessageId = messageId ?? Guid.NewGuid(), Token);
    }

    /// <summary>Has events accepted, by the outbox.</summary>
    private protected static Task CountAsync(BusProcess process, params IEnumerable<Counted> events) =>
        process.Outbox.PublishAsync<Counted>([.. events], Token);

    /// <summary>The saga as it is on disk; null when there is none.</summary>
    private protected static SagaInstance? Find(BusProcess process, Guid id)
    {
        using var context = process.Get<SagasContext>();
        return context.Instances.SingleOrDefault(saga => saga.CorrelationId == id);
    }

    /// <summary>The saga's version and what it has counted; zeros when there is none.</summary>
    private protected static (long Version, int Count) Counts(BusProcess process, Guid id) =>
        Find(process, id) is { } saga ? (saga.Version, Read(saga).Count) : (0, 0);

    private protected static Counter Read(SagaInstance saga) =>
        System.Text.Json.JsonSerializer.Deserialize(saga.Document, CounterJson.Default.Counter)!;

    /// <summary>The saga's changes of state.</summary>
    private protected static List<(long Version, string Event, string From, string To)> History(BusProcess process)
    {
        using var context = process.Get<SagasContext>();
        return [.. context.Transitions.OrderBy(step => step.Seq).ToList().Select(step => (step.Version, step.Event, step.FromState, step.ToState))];
    }

    /// <summary>Waits until the saga has this version and count.</summary>
    private protected static Task UntilCountsAsync(BusProcess process, Guid id, long version, int count) => UntilAsync(
        $"The saga is at version {version} and has counted {count}", _ => Task.FromResult(Counts(process, id)), seen => seen == (version, count));

    private protected static Task UntilIdleAsync(BusProcess process) => UntilAsync("Nothing waits", process.IsIdle);

    /// <summary>Asserts that no event of any saga is in hand.</summary>
    private protected static Task UntilNoSlotsAsync(BusProcess process) =>
        UntilAsync("No saga is in hand", _ => Task.FromResult(((SqliteSagaStore<Counter>)process.Get<ISagaStore<Counter>>()).InHand), inHand => inHand == 0);
}
