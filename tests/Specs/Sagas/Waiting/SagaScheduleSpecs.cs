using BusIngest.Bus.Sagas;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Relays;
using MassTransit;

namespace BusIngest.Specs.Sagas.Waiting;

/// <summary>A machine's Schedule and Unschedule.</summary>
public sealed class SagaScheduleSpecs : Spec
{
    private readonly FakeClock _clock = new();
    private readonly Guid _id = Guid.NewGuid();

    [Fact]
    public async Task Should_wake_the_saga_at_its_time()
    {
        var process = Own(await StartAsync());
        await SendAsync(process, new Wait(_id, _clock.GetUtcNow().AddMinutes(1), "a"));
        Assert.NotNull((await LoadAsync(process))!.WakeToken);

        _clock.Advance(TimeSpan.FromMinutes(1));

        await UntilAsync("It wakes", async _ => (await LoadAsync(process))!.Woken.Count == 1);
        var saga = (await LoadAsync(process))!;
        Assert.Equal(["a"], saga.Woken);
        Assert.Null(saga.WakeToken);
        Assert.Equal(0, process.CountRows("scheduled_messages"));
    }

    [Fact]
    public async Task Should_not_wake_a_saga_that_waits_no_more()
    {
        var process = Own(await StartAsync());
        await SendAsync(process, new Wait(_id, _clock.GetUtcNow().AddMinutes(1), "a"));

        await SendAsync(process, new StopWaiting(_id));

        Assert.Equal(0, process.CountRows("scheduled_messages"));
        Assert.Null((await LoadAsync(process))!.WakeToken);
    }

    [Fact]
    public async Task Should_wake_the_saga_by_what_it_scheduled_last_alone()
    {
        var process = Own(await StartAsync());
        await SendAsync(process, new Wait(_id, _clock.GetUtcNow().AddMinutes(1), "first"));
        await SendAsync(process, new Wait(_id, _clock.GetUtcNow().AddMinutes(2), "second"));
        Assert.Equal(1, process.CountRows("scheduled_messages"));

        // One that was on its way when it was replaced.
        await SendAsync(process, new Wake(_id, "stale"), token: Guid.NewGuid());
        _clock.Advance(TimeSpan.FromMinutes(2));

        await UntilAsync("It wakes", async _ => (await LoadAsync(process))!.Woken.Count > 0);
        Assert.Equal(["second"], (await LoadAsync(process))!.Woken);
    }

    private Task<BusProcess> StartAsync() => BusProcess.StartAsync(Folder, new BusSetup
    {
        Clock = _clock,
        Consumers = bus => bus.AddSagaStateMachine<WaiterMachine, Waiter>()
            .Endpoint(endpoint => endpoint.Name = "waiters")
            .DocumentRepository("waiter", WaiterJson.Default.Waiter),
    });

    private async Task<Waiter?> LoadAsync(BusProcess process) => await process.Get<ILoadSagaRepository<Waiter>>().Load(_id);

    /// <summary>Sends a message, and waits until it is consumed.</summary>
    private static async Task SendAsync<T>(BusProcess process, T message, Guid? token = null)
        where T : class
    {
        var before = process.CountMarks();
        var queue = await process.Get<IBus>().GetSendEndpoint(new Uri("queue:waiters"));
        await queue.Send(message, context => context.Headers.Set(MessageHeaders.SchedulingTokenId, token?.ToString()), Token);
        await UntilAsync("It is consumed", () => process.CountMarks() == before + 1);
    }
}
