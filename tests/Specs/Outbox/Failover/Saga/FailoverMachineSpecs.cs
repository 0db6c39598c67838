using BusIngest.Contracts.Failover;
using BusIngest.Sagas.Failover;
using MassTransit;
using MassTransit.Mediator;
using MassTransit.Saga;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Outbox.Failover.Saga;

public sealed class FailoverMachineSpecs : Spec
{
    private readonly Guid _session = Guid.NewGuid();

    [Fact]
    public async Task Should_follow_a_session_to_its_end()
    {
        await using var services = Services();

        await SendAsync(services, new FailureDetected(Facts(1)));
        Assert.Equal(("Detected", 1), State(services));
        await SendAsync(services, new FallbackEntered(Facts(2)));
        Assert.Equal(("InFallback", 2), State(services));
        await SendAsync(services, new PromotionSeen(Facts(3)));
        Assert.Equal(("InFallback", 3), State(services));
        await SendAsync(services, new PrimaryReturned(Facts(4)));
        Assert.Equal(("InFallback", 4), State(services));
        await SendAsync(services, new RecoveryStarted(Facts(5)));
        Assert.Equal(("Recovering", 5), State(services));
        await SendAsync(services, new FallbackEntered(Facts(6)));
        Assert.Equal(("InFallback", 6), State(services));
        await SendAsync(services, new RecoveryStarted(Facts(7)));
        Assert.Equal(("Recovering", 7), State(services));
        await SendAsync(services, new RecoveryCompleted(Facts(8)));
        Assert.Equal(("Closed", 8), State(services));
    }

    [Fact]
    public async Task Should_come_to_the_same_end_whatever_the_order_and_whatever_comes_twice()
    {
        foreach (var order in Orders([0, 1, 2, 3, 4, 5]))
        {
            await using var services = Services();
            foreach (var step in order.Append(order[0]))
                await SendAsync(services, step);

            Assert.Equal(("Closed", 6), State(services));
        }
    }

    [Fact]
    public async Task Should_know_all_from_any_event_alone()
    {
        var states = new List<(string, int)>();
        foreach (var step in new[] { 0, 1, 2, 3, 4, 5 })
        {
            await using var services = Services();
            await SendAsync(services, step);
            states.Add(State(services));
        }

        Assert.Equal([("Detected", 1), ("InFallback", 2), ("Detected", 3), ("InFallback", 4), ("Recovering", 5), ("Closed", 6)], states);
    }

    private static IEnumerable<int[]> Orders(int[] steps) => steps.Length == 1
        ? [steps]
        : steps.SelectMany(first => Orders([.. steps.Where(step => step != first)]).Select(rest => (int[])[first, .. rest]));

    private static ServiceProvider Services() => new ServiceCollection()
        .AddMediator(mediator => mediator.AddFailoverSaga().InMemoryRepository())
        .BuildServiceProvider();

    private static Task SendAsync<T>(ServiceProvider services, T message)
        where T : class => services.GetRequiredService<IMediator>().Send(message, Token);

    private Task SendAsync(ServiceProvider services, int step) => step switch
    {
        0 => SendAsync(services, new FailureDetected(Facts(1))),
        1 => SendAsync(services, new FallbackEntered(Facts(2))),
        2 => SendAsync(services, new PromotionSeen(Facts(3))),
        3 => SendAsync(services, new PrimaryReturned(Facts(4))),
        4 => SendAsync(services, new RecoveryStarted(Facts(5))),
        _ => SendAsync(services, new RecoveryCompleted(Facts(6))),
    };

    private (string State, int Step) State(ServiceProvider services)
    {
        var saga = services.GetRequiredService<IndexedSagaDictionary<FailoverState>>()[_session].Instance;
        return (saga.CurrentState, saga.Facts.Step);
    }

    private FailoverFacts Facts(int step) => new() { SessionId = _session, Step = step, Lane = "rabbitmq", DetectedAt = FakeClock.Start };
}
