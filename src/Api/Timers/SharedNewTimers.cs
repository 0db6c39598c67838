using System.Collections.Concurrent;
using System.Text.Json;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Redis;
using BusIngest.Contracts.Timers;
using BusIngest.Sagas.Timers;
using MassTransit;

namespace BusIngest.Api.Timers;

/// <summary>
/// New timers where several processes answer: in this one's memory, in Redis for the others, or else asked of the saga over the bus, where
/// the question queues up behind the timer itself.
/// </summary>
internal sealed class SharedNewTimers(IServiceScopeFactory scopes, IServiceProvider services, TimeProvider time) : INewTimers
{
    private const int MostRemembered = 100_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Questions after the first, for the case that the timer was still in hand.</summary>
    private const int MoreQuestions = 2;

    private readonly ConcurrentDictionary<Guid, CreateTimer> _remembered = new();
    private readonly ConcurrentQueue<Guid> _order = new();
    private readonly RedisCache? _cache = services.GetService<RedisCache>();

    /// <inheritdoc />
    public Task NoteAsync(CreateTimer timer)
    {
        if (_remembered.TryAdd(timer.TimerId, timer))
            _order.Enqueue(timer.TimerId);
        while (_remembered.Count > MostRemembered && _order.TryDequeue(out var oldest))
            _remembered.TryRemove(oldest, out _);
        return _cache is null
            ? Task.CompletedTask
            : _cache.SetAsync(Key(timer.TimerId), JsonSerializer.SerializeToUtf8Bytes(timer, TimersJson.Default.CreateTimer), Lifetime, CancellationToken.None);
    }

    /// <inheritdoc />
    public async Task<TimerState?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_remembered.TryGetValue(id, out var timer))
            return timer.AsItBegins();
        if (_cache is not null && await _cache.GetAsync(Key(id), cancellationToken) is { } cached)
            return JsonSerializer.Deserialize(cached, TimersJson.Default.CreateTimer)?.AsItBegins();
        return await AskAsync(id);
    }

    private static string Key(Guid id) => $"timer:{id:N}";

    /// <summary>Asks the saga. Without an answer, the bus is away, and nobody here can know of the timer.</summary>
    private async Task<TimerState?> AskAsync(Guid id)
    {
        await using var scope = scopes.CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<IRequestClient<FindTimer>>();
        try
        {
            for (var question = 0; ; question++)
            {
                var answer = await client.AskAsync<FindTimer, TimerFound, TimerRefused>(new FindTimer(id), Patience);
                if (answer.Is(out Response<TimerFound>? found))
                    return found.Message.AsItIs();
                if (question == MoreQuestions)
                    return null;
                await Task.Delay(Pause, time, CancellationToken.None);
            }
        }
        catch (OutboxUnavailableException)
        {
            return null;
        }
    }
}
