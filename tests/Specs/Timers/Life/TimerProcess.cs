using System.Text.Json;
using BusIngest.Bus.Sagas;
using BusIngest.Contracts.Timers;
using BusIngest.Sagas.Timers;
using BusIngest.Specs.Processes;
using BusIngest.Workers.Timers;
using BusIngest.Workers.Timers.Webhooks;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Timers.Life;

/// <summary>The timers on the real bus, schedule and HTTP, and on a clock that the test sets.</summary>
internal sealed class TimerProcess(BusProcess process, FakeClock clock) : IAsyncDisposable
{
    public static async Task<TimerProcess> StartAsync(string folder, FakeClock clock, WebhookOptions webhooks) => new(
        await BusProcess.StartAsync(folder, new BusSetup
        {
            Clock = clock,
            Services = services => services.AddTimers(webhooks).AddSingleton(new TimerOptions()),
            Consumers = bus =>
            {
                bus.AddTimerSaga().DocumentRepository(TimerState.Kind, TimerStateJson.Default.TimerState);
                bus.AddTimerConsumers();
            },
        }),
        clock);

    /// <summary>Sets a timer.</summary>
    public async Task<Guid> CreateAsync(string url, TimeSpan dueIn)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await process.Outbox.PublishAsync(new CreateTimer(id, url, now, now + dueIn), TestContext.Current.CancellationToken);
        return id;
    }

    /// <summary>A timer as its saga has it; null before it has begun.</summary>
    public async Task<TimerState?> FindAsync(Guid id)
    {
        await using var context = new SagasContext(process.MainFile);
        var row = await context.Instances.SingleOrDefaultAsync(saga => saga.CorrelationId == id, TestContext.Current.CancellationToken);
        return row is null ? null : JsonSerializer.Deserialize(row.Document, TimerStateJson.Default.TimerState);
    }

    /// <summary>The states that a timer went through.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync(Guid id)
    {
        await using var context = new SagasContext(process.MainFile);
        return await context.Transitions
            .Where(step => context.Instances.Any(saga => saga.Seq == step.SagaSeq && saga.CorrelationId == id))
            .OrderBy(step => step.Seq).Select(step => step.ToState).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks to cancel a timer.</summary>
    /// <returns>Whether it was, and the state it is in.</returns>
    public Task<(bool Done, string? Status)> CancelAsync(Guid id) => AskAsync(new CancelTimer(id));

    /// <summary>Asks to deliver again.</summary>
    /// <returns>Whether it will be, and the state it is in.</returns>
    public Task<(bool Done, string? Status)> RedeliverAsync(Guid id) => AskAsync(new RedeliverTimer(id));

    /// <summary>Lets go of everything, like a kill.</summary>
    public void Abandon() => process.Abandon();

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task<(bool Done, string? Status)> AskAsync<TCommand>(TCommand command)
        where TCommand : class
    {
        using var scope = process.Get<IServiceScopeFactory>().CreateScope();
        var client = scope.ServiceProvider.GetRequiredService<IRequestClient<TCommand>>();
        var answer = await client.GetResponse<TimerChanged, TimerRefused>(command, TestContext.Current.CancellationToken);
        return answer.Is(out Response<TimerChanged>? changed) ? (true, changed.Message.Status)
            : answer.Is(out Response<TimerRefused>? refused) ? (false, refused.Message.Status)
            : throw new InvalidOperationException("Neither was answered");
    }
}
