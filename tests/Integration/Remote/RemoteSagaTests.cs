using System.Collections.Concurrent;
using System.Text.Json;
using BusIngest.Bus;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Sagas.Remote;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Integration.Redis;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Integration.Remote;

/// <summary>What holds of sagas on a server of their own, whichever it is.</summary>
public abstract class RemoteSagaTests(SharedServers servers) : RedisTest
{
    private const string Kind = "tally";

    [Fact]
    public async Task Should_lose_no_event_of_several_processes()
    {
        const int Each = 100;
        var database = new PostgresOptions { ConnectionString = Own(await servers.DatabaseAsync(Token)).Url };
        var (one, first) = await StartAsync(database);
        var (two, second) = await StartAsync(database);
        var id = Guid.NewGuid();
        await SendAsync(one, new Add(id));
        await UntilCountAsync(one, id, 1);

        await Task.WhenAll(Enumerable.Range(0, Each).SelectMany(_ => (Task[])[SendAsync(one, new Add(id)), SendAsync(two, new Add(id))]));

        await UntilCountAsync(two, id, 1 + (2 * Each));
        await UntilAsync("All is told", () => first.Count + second.Count >= 1 + (2 * Each));
        Assert.Equal(Enumerable.Range(1, 1 + (2 * Each)), first.Concat(second).Select(counted => counted.Count).Order());
        Assert.Equal(1 + (2 * Each), (await FindAsync(one, id))!.Version);
    }

    [Fact]
    public async Task Should_run_an_event_again_on_the_state_before_when_its_transaction_was_lost()
    {
        var (process, told) = await StartAsync();
        var commits = process.Get<FailingCommits>();
        var id = Guid.NewGuid();
        Func<Task>[] events = [() => SendAsync(process, new Add(id)), () => SendAsync(process, new Add(id)), () => SendAsync(process, new Rest(id))];
        for (var number = 0; number < events.Length; number++)
        {
            commits.Left = 2;
            await events[number]();
            await UntilAsync("It is told", () => told.Count == number + 1);
            Assert.InRange(commits.Left, int.MinValue, 0);
        }

        var saga = (await FindAsync(process, id))!;
        Assert.Equal((3, "Resting"), (saga.Version, saga.State));
        Assert.Equal([1, 2, 3], told.Select(counted => counted.Count));
        // What the saga remembers is what it has told, not what it would have.
        Assert.Equal(told.Last().Token, Read(saga).Token);
    }

    [Fact]
    public async Task Should_let_no_other_event_in_before_the_last_one_has_come_again()
    {
        var (process, told) = await StartAsync();
        var id = Guid.NewGuid();
        await SendAsync(process, new Add(id));
        await UntilAsync("It is told", () => told.Count == 1);

        // Some at once, with commits failing for a while: none is taken in twice.
        process.Get<FailingCommits>().Left = 5;
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SendAsync(process, new Add(id))));

        await UntilAsync("All are told", () => told.Count == 11);
        Assert.Equal(Enumerable.Range(1, 11), told.Select(counted => counted.Count).Order());
        Assert.Equal(11, Read((await FindAsync(process, id))!).Count);
    }

    [Fact]
    public async Task Should_end_a_saga_once_when_the_transaction_of_its_end_was_lost()
    {
        var (process, told) = await StartAsync();
        var id = Guid.NewGuid();
        await SendAsync(process, new Add(id));
        await UntilAsync("It is told", () => told.Count == 1);

        process.Get<FailingCommits>().Left = 2;
        await SendAsync(process, new Finish(id));
        await UntilAsync("Its end is told", () => told.Count == 2);

        Assert.Equal([1, 2], told.Select(counted => counted.Count));
        Assert.Null(await FindAsync(process, id));
        Assert.Empty(await Sagas(process).ListAsync(Kind, null, null, 10, Token));

        // The id may be used again.
        await SendAsync(process, new Add(id));
        await UntilAsync("The new one has counted", () => told.Count == 3);
        Assert.Equal((1, 1), ((await FindAsync(process, id))!.Version, told.Last().Count));
    }

    [Fact]
    public async Task Should_wait_with_an_event_while_nothing_is_written()
    {
        var (process, told) = await StartAsync();
        var id = Guid.NewGuid();
        await SendAsync(process, new Add(id));
        await UntilAsync("It is told", () => told.Count == 1);

        await using (await PauseWritesAsync())
        {
            await SendAsync(process, new Add(id));
            // Longer than a write may take.
            await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, Token);
        }

        await UntilAsync("It is told", () => told.Count == 2);
        Assert.Equal([1, 2], told.Select(counted => counted.Count));
        Assert.Equal(2, (await FindAsync(process, id))!.Version);
    }

    [Fact]
    public async Task Should_list_sagas_newest_first_with_their_history()
    {
        var (process, told) = await StartAsync();
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToArray();
        for (var i = 0; i < ids.Length; i++)
        {
            await SendAsync(process, new Add(ids[i]));
            await UntilAsync("It is told", () => told.Count == i + 1);
        }

        await SendAsync(process, new Rest(ids[1]));
        await UntilAsync("It is told", () => told.Count == ids.Length + 1);
        var sagas = Sagas(process);

        var newest = await sagas.ListAsync(Kind, null, null, 2, Token);
        var older = await sagas.ListAsync(Kind, null, newest[^1].Seq, 10, Token);
        var (saga, history) = (await sagas.FindAsync(Kind, ids[1], Token))!.Value;

        Assert.Equal([.. ids.Reverse()], newest.Concat(older).Select(found => found.CorrelationId));
        Assert.Equal([ids[1]], (await sagas.ListAsync(Kind, "Resting", null, 10, Token)).Select(found => found.CorrelationId));
        Assert.Equal([("Open", 4L), ("Resting", 1L)], await sagas.CountAsync(Kind, ["Open", "Resting"], Token));
        Assert.Equal([("Initial", "Open", "Add", 1L), ("Open", "Resting", "Rest", 2L)], history.Select(step => (step.FromState, step.ToState, step.Event, step.Version)));
        Assert.InRange(saga.UpdatedAt - history[^1].At, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(saga.Document, System.Text.Encoding.UTF8.GetString((await process.Get<ISagaDocuments>().FindAsync(Kind, ids[1], Token))!.Value.Document.Span));
        Assert.Equal(5, (await process.Get<ISagaDocuments>().ListAsync(Kind, null, null, 10, Token)).Count);
        Assert.Equal([ids[1], ids[3]], (await process.Get<ISagaDocuments>().FindAsync(Kind, [ids[3], Guid.NewGuid(), ids[1]], Token)).Select(found => found.CorrelationId).OrderBy(found => Array.IndexOf(ids, found)));
        Assert.Equal((5, 4), (await process.Get<ISagaDocuments>().CountAsync(Kind, long.MaxValue, Token), await process.Get<ISagaDocuments>().CountAsync(Kind, newest[0].Seq - 1, Token)));
        Assert.Null(await process.Get<ISagaDocuments>().FindAsync("another", ids[1], Token));
    }

    /// <summary>By the outbox, which delivers until an event is consumed.</summary>
    private protected static Task SendAsync<T>(RedisProcess process, T message) => process.Get<IOutbox>().PublishAsync(message, Token);

    private async Task<SagaInstance?> FindAsync(RedisProcess process, Guid id) => (await Sagas(process).FindAsync(Kind, id, Token))?.Saga;

    /// <summary>What a process is set up with.</summary>
    private protected abstract Task<BusOptions> OptionsAsync();

    /// <summary>Keeps a saga there.</summary>
    private protected abstract void Keep(ISagaRegistrationConfigurator<Tally> saga, string kind);

    /// <summary>What lists them.</summary>
    private protected abstract IKeptSagas Sagas(RedisProcess process);

    /// <summary>Has no write done until what is given back is disposed.</summary>
    private protected abstract Task<IAsyncDisposable> PauseWritesAsync();

    /// <summary>Returns when a process can write.</summary>
    private protected virtual Task ReadyAsync(RedisProcess process) => Task.CompletedTask;

    private static Tally Read(SagaInstance saga) => JsonSerializer.Deserialize(saga.Document, TallyJson.Default.Tally)!;

    private Task UntilCountAsync(RedisProcess process, Guid id, int count) =>
        UntilAsync($"It has counted {count}", async _ => await FindAsync(process, id) is { } saga && Read(saga).Count == count);

    private protected async Task<(RedisProcess Process, ConcurrentQueue<Counted> Told)> StartAsync(PostgresOptions? postgres = null)
    {
        var told = new ConcurrentQueue<Counted>();
        var process = Own(await RedisProcess.StartAsync(
            await OptionsAsync() with { Postgres = postgres },
            services =>
            {
                services.AddSingleton(told)
                    .AddRecord(TallyJson.Default.Add, TallyJson.Default.AddArray)
                    .AddRecord(TallyJson.Default.Rest, TallyJson.Default.RestArray)
                    .AddRecord(TallyJson.Default.Finish, TallyJson.Default.FinishArray);
                var store = services.Last(service => service.ServiceType == typeof(IConsumerStore));
                services.Remove(store);
                services.AddSingleton(provider => new FailingCommits((IConsumerStore)ActivatorUtilities.CreateInstance(provider, store.ImplementationType!)));
                services.AddSingleton<IConsumerStore>(provider => provider.GetRequiredService<FailingCommits>());
            },
            bus =>
            {
                bus.AddConsumer<CountedConsumer>().Endpoint(endpoint => endpoint.Name = "counts");
                Keep(
                    bus.AddSagaStateMachine<TallyMachine, Tally>().Endpoint(endpoint =>
                    {
                        endpoint.Name = "tallies";
                        endpoint.ConcurrentMessageLimit = 16;
                    }),
                    Kind);
            }));
        await ReadyAsync(process);
        return (process, told);
    }
}
