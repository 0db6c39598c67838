using BusIngest.Contracts.Sync;
using BusIngest.Sagas.Sync;
using BusIngest.Specs.Timers.Machine;
using MassTransit;
using MassTransit.Mediator;
using MassTransit.Saga;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Sync.Machine;

/// <summary>One run under the machine, on MassTransit's mediator: a message has done all that it does when its sending returns. The clock
/// stands, and what is put off is sent by hand.</summary>
internal sealed class RunBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public RunBench() => _services = new ServiceCollection()
        .AddSingleton<TimeProvider>(Clock)
        .AddSingleton(new SyncRunOptions())
        .AddMediator(mediator =>
        {
            mediator.AddSyncRunSaga().InMemoryRepository();
            mediator.AddHandler<FetchPage>(message => NoteAsync(Fetches, message));
            mediator.AddHandler<HaltSync>(message => NoteAsync(Halts, message));
            mediator.AddHandler<SyncEnded>(message => NoteAsync(Ends, message));
            mediator.ConfigureMediator((_, pipe) => pipe.UseFilter(new SchedulerFilter(Scheduler)));
        })
        .BuildServiceProvider();

    public FakeClock Clock { get; } = new();

    public RecordingScheduler Scheduler { get; } = new();

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The stretches that were asked for, in order.</summary>
    public List<FetchPage> Fetches { get; } = [];

    public List<HaltSync> Halts { get; } = [];

    public List<SyncEnded> Ends { get; } = [];

    public SyncRunState Run => _services.GetRequiredService<IndexedSagaDictionary<SyncRunState>>()[Id]!.Instance;

    private IMediator Mediator => _services.GetRequiredService<IMediator>();

    /// <summary>Begins the run.</summary>
    public Task StartAsync() => SendAsync(
        new StartSync(Id, new RunSource(SourceIds.Of("a"), "a", null, null, null), Epoch: 3, FakeClock.Start));

    public Task SendAsync<T>(T message)
        where T : class => Mediator.Send(message, TestContext.Current.CancellationToken);

    /// <summary>Sends what was put off last among messages of a kind, as the schedule does.</summary>
    public Task FireAsync<T>()
        where T : class
    {
        var send = Scheduler.Sends.Last(send => send.Message is T);
        if (send.DueAt > Clock.GetUtcNow())
            Clock.Advance(send.DueAt - Clock.GetUtcNow());
        return Mediator.Send(
            send.Message, send.Message.GetType(), Pipe.Execute<SendContext>(context => context.Headers.Set(MessageHeaders.SchedulingTokenId, send.Token.ToString())),
            TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a request, and gives its answer: <see cref="SyncChanged"/> or <see cref="SyncRefused"/>.</summary>
    public async Task<object> AskAsync<T>(T request)
        where T : class =>
        (await Mediator.CreateRequestClient<T>().GetResponse<SyncChanged, SyncRefused>(request, TestContext.Current.CancellationToken)).Message;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static Task NoteAsync<T>(List<T> list, T message)
    {
        list.Add(message);
        return Task.CompletedTask;
    }
}
