using System.Text.Json;
using BusIngest.Contracts.Timers;
using BusIngest.Sagas.Timers;
using MassTransit;
using MassTransit.Mediator;
using MassTransit.Saga;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Timers.Machine;

/// <summary>
/// One timer under the machine, on MassTransit's mediator: a message has done all that it does when its sending returns. The clock
/// stands, and what is put off is sent by hand.
/// </summary>
internal sealed class TimerBench : IAsyncDisposable
{
    public const string Url = "https://example.com/hook";

    private readonly ServiceProvider _services;
    private readonly List<DeliverWebhook> _deliveries = [];

    public TimerBench(TimerOptions? options = null) => _services = new ServiceCollection()
        .AddSingleton<TimeProvider>(Clock)
        .AddSingleton(options ?? new TimerOptions())
        .AddMediator(mediator =>
        {
            mediator.AddTimerSaga().InMemoryRepository();
            mediator.AddHandler<DeliverWebhook>(message =>
            {
                _deliveries.Add(message);
                return Task.CompletedTask;
            });
            mediator.ConfigureMediator((_, pipe) => pipe.UseFilter(new SchedulerFilter(Scheduler)));
        })
        .BuildServiceProvider();

    public FakeClock Clock { get; } = new();

    public RecordingScheduler Scheduler { get; } = new();

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The calls of the webhook that were asked for, in order.</summary>
    public IReadOnlyList<DeliverWebhook> Deliveries => _deliveries;

    /// <summary>The timer; null when there is none.</summary>
    public TimerState? Timer => _services.GetRequiredService<IndexedSagaDictionary<TimerState>>()[Id]?.Instance;

    /// <summary>All that the machine has done so far: the timer, and what it sent and put off and cancelled.</summary>
    public string Everything => JsonSerializer.Serialize(new { Timer, Deliveries, Scheduler.Sends, Scheduler.Cancelled });

    /// <summary>A timer that is due in an hour.</summary>
    public CreateTimer Creation => new(Id, Url, FakeClock.Start, FakeClock.Start.AddHours(1));

    private IMediator Mediator => _services.GetRequiredService<IMediator>();

    public Task SendAsync<T>(T message)
        where T : class => Mediator.Send(message, TestContext.Current.CancellationToken);

    /// <summary>Sends what was put off, as the schedule does; when it is due, if that is still to come.</summary>
    public async Task FireAsync(ScheduledSend send)
    {
        if (send.DueAt > Clock.GetUtcNow())
            Clock.Advance(send.DueAt - Clock.GetUtcNow());
        await Mediator.Send(
            send.Message, send.Message.GetType(), Pipe.Execute<SendContext>(context => context.Headers.Set(MessageHeaders.SchedulingTokenId, send.Token.ToString())),
            TestContext.Current.CancellationToken);
    }

    /// <summary>Sends what was put off last.</summary>
    public Task FireLastAsync() => FireAsync(Scheduler.Sends[^1]);

    /// <summary>Sends a request, and gives its answer: <see cref="TimerChanged"/> or <see cref="TimerRefused"/>.</summary>
    public Task<object> AskAsync<T>(T request)
        where T : class => AskAsync<T, TimerChanged>(request);

    /// <summary>Sends a request, and gives its answer, or <see cref="TimerRefused"/>.</summary>
    public async Task<object> AskAsync<T, TAnswer>(T request)
        where T : class
        where TAnswer : class
    {
        var response = await Mediator.CreateRequestClient<T>().GetResponse<TAnswer, TimerRefused>(request, TestContext.Current.CancellationToken);
        return response.Message;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
