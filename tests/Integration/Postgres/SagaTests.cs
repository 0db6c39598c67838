using System.Text.Json;
using BusIngest.Bus.Sagas;
using BusIngest.Integration.Postgres.Work;
using BusIngest.Integration.Redis;
using BusIngest.Support;

namespace BusIngest.Integration.Postgres;

/// <summary>Sagas in PostgreSQL, with several processes at them.</summary>
public sealed class SagaTests(SharedServers servers) : PostgresTest(servers)
{
    private const string Queue = "tallies";
    private static readonly PostgresSetup FewConnections = new() { MaxConnections = 4 };

    [Fact]
    public async Task Should_lose_no_event_of_one_saga_in_two_processes_with_few_connections()
    {
        const int Each = 120;
        var (first, second) = (await StartAsync(FewConnections), await StartAsync(FewConnections));
        var id = Guid.NewGuid();

        // The first of each race for the insert.
        var events = Enumerable.Repeat(new Add(id), Each).ToList();
        await Task.WhenAll(first.Outbox.PublishAsync<Add>(events, Token), second.Outbox.PublishAsync<Add>(events, Token));

        await EffectsBecomeAsync(CountWriter.Queue, Enumerable.Range(1, 2 * Each));
        Assert.Equal((2 * Each, 2 * Each), await FindAsync(first, id));
        Assert.Equal(["Initial>Open"], await HistoryAsync());
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM failed_messages"));
        await UntilRestAsync();
    }

    [Fact]
    public async Task Should_lose_no_event_of_many_sagas_in_two_processes_with_few_connections()
    {
        const int Sagas = 50;
        const int Events = 5;
        var (first, second) = (await StartAsync(FewConnections), await StartAsync(FewConnections));
        var ids = Enumerable.Range(0, Sagas).Select(_ => Guid.NewGuid()).ToList();
        var random = Seed.RandomFor(nameof(Should_lose_no_event_of_many_sagas_in_two_processes_with_few_connections));

        await Task.WhenAll(Enumerable.Repeat(ids, Events).SelectMany(all => all).OrderBy(_ => random.Next())
            .Select(id => (random.Next(2) == 0 ? first : second).Outbox.PublishAsync(new Add(id), Token)));

        await EffectsBecomeAsync(CountWriter.Queue, Enumerable.Range(1, Events).SelectMany(count => Enumerable.Repeat(count, Sagas)));
        Assert.Equal(Sagas, await AskAsync<long>($"SELECT count(*) FROM sagas WHERE version = {Events} AND (document ->> 'count')::int = {Events}"));
        Assert.Equal(Sagas, await AskAsync<long>("SELECT count(*) FROM saga_transitions"));
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM failed_messages"));
    }

    [Fact]
    public async Task Should_write_a_change_of_state_and_leave_what_is_ignored_alone()
    {
        var process = await StartAsync();
        var id = Guid.NewGuid();
        await process.SendAsync(Queue, new Add(id));
        await EffectsBecomeAsync(CountWriter.Queue, 1);
        await process.SendAsync(Queue, new Rest(id));
        await EffectsBecomeAsync(CountWriter.Queue, 1, 2);

        await process.SendAsync(Queue, new Add(id));

        await UntilAsync("it is marked", async _ => await AskAsync<long>("SELECT count(*) FROM consumed_messages WHERE endpoint = 'tallies'") == 3);
        Assert.Equal((2, 2), await FindAsync(process, id));
        Assert.Equal(["Initial>Open", "Open>Resting"], await HistoryAsync());
        Assert.Equal("Resting", (await process.Get<ISagaDocuments>().ListAsync("tally", "Resting", null, 10, Token))[0].State);
    }

    [Fact]
    public async Task Should_end_a_saga_with_its_history_and_begin_another_of_the_same_id()
    {
        var (first, second) = (await StartAsync(), await StartAsync());
        var id = Guid.NewGuid();
        await first.SendAsync(Queue, new Add(id));
        await EffectsBecomeAsync(CountWriter.Queue, 1);

        await Task.WhenAll(first.SendAsync(Queue, new Finish(id)), second.SendAsync(Queue, new Finish(id)));

        await EffectsBecomeAsync(CountWriter.Queue, 1, 2);
        await UntilAsync("both are marked", async _ => await AskAsync<long>("SELECT count(*) FROM consumed_messages WHERE endpoint = 'tallies'") == 3);
        Assert.Null(await first.Get<ISagaDocuments>().FindAsync("tally", id, Token));
        Assert.Empty(await HistoryAsync());

        await second.SendAsync(Queue, new Add(id));
        await EffectsBecomeAsync(CountWriter.Queue, 1, 1, 2);
        Assert.Equal((1, 1), await FindAsync(second, id));
    }

    [Fact]
    public async Task Should_let_others_go_on_when_a_process_stands_still_with_a_saga_locked()
    {
        var process = await StartAsync();
        var id = Guid.NewGuid();
        await process.SendAsync(Queue, new Add(id));
        await EffectsBecomeAsync(CountWriter.Queue, 1);

        // Another process, that reads the saga for an event and is then cut off in the middle.
        var user = await UserAsync();
        await using var frozen = new Bus.Storage.Postgres.PostgresDatabase(new() { ConnectionString = UrlOf(user) });
        await using var unit = new Bus.Storage.Postgres.PostgresUnit(frozen);
        Assert.True((await unit.FindSagaAsync("tally", id, locks: true, Token)).Exists);
        Assert.Equal("30s", await unit.RunAsync(ShowTimeoutAsync, Token));
        await process.ScheduleAsync(Queue, DateTimeOffset.UnixEpoch, new Add(id));
        await UntilAsync("it waits for the lock", async _ => await AskAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
        await CutOffAsync(user);

        await EffectsBecomeAsync(CountWriter.Queue, 1, 2);
    }

    private static async Task<string> ShowTimeoutAsync(Npgsql.NpgsqlConnection connection, Npgsql.NpgsqlTransaction transaction)
    {
        await using var command = new Npgsql.NpgsqlCommand("SHOW idle_in_transaction_session_timeout", connection, transaction);
        return (string)(await command.ExecuteScalarAsync(Token))!;
    }

    private Task<List<string>> HistoryAsync() => ListAsync<string>("SELECT from_state || '>' || to_state FROM saga_transitions ORDER BY seq");

    /// <summary>A saga's version and count.</summary>
    private async Task<(long Version, int Count)> FindAsync(PostgresProcess process, Guid id)
    {
        var found = await process.Get<ISagaDocuments>().FindAsync("tally", id, Token);
        var tally = JsonSerializer.Deserialize(found!.Value.Document.Span, TallyJson.Default.Tally)!;
        return (await AskAsync<long>($"SELECT version FROM sagas WHERE correlation_id = '{id}'"), tally.Count);
    }
}
