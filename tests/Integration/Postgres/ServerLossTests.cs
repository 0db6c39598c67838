using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Integration.Postgres.Work;
using BusIngest.Integration.Redis;
using BusIngest.Support;
using BusIngest.Support.Servers;
using Npgsql;

namespace BusIngest.Integration.Postgres;

/// <summary>PostgreSQL is killed, stopped and frozen while consumers and sagas work.</summary>
public sealed class ServerLossTests(SharedServers servers) : PostgresTest(servers)
{
    private static readonly PostgresSetup FewConnections = new() { MaxConnections = 8 };

    private static readonly TimeSpan PublishEvery = TimeSpan.FromMilliseconds(20);

    private Cluster _cluster = null!;

    public override async ValueTask InitializeAsync()
    {
        _cluster = Own(await Cluster.StartAsync(ClusterNames.Postgres));
        await base.InitializeAsync();
        Bench.OnJob = context => context.Publish(new JobDone(context.Message.Number), Token);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_lose_nothing_and_do_nothing_twice(bool freezes)
    {
        var random = Seed.RandomFor($"{nameof(Should_lose_nothing_and_do_nothing_twice)}{freezes}");
        var processes = new[] { await StartAsync(FewConnections), await StartAsync(FewConnections) };
        var saga = Guid.NewGuid();
        using var enough = new CancellationTokenSource();
        var publishing = Array.ConvertAll(processes, process => PublishAsync(process, processes.AsSpan().IndexOf(process), saga, enough.Token));

        for (var round = 0; round < (freezes ? 2 : 3); round++)
        {
            var seen = await AskAsync<long>("SELECT count(*) FROM effects");
            await UntilAsync("work goes on", async _ => await AskAsync<long>("SELECT count(*) FROM effects") > seen + random.Next(50, 200));
            if (freezes)
            {
                await _cluster.FreezeAsync(ClusterNames.Postgres);
                // Longer than a connection may take, and than a statement may before it is given up.
                await Task.Delay(TimeSpan.FromSeconds(round == 0 ? 5 : 18), TimeProvider.System, Token);
                await _cluster.ThawAsync(ClusterNames.Postgres);
            }
            else
            {
                await _cluster.KillAsync(ClusterNames.Postgres);
                await _cluster.UpAsync(ClusterNames.Postgres);
            }
        }

        await enough.CancelAsync();
        var published = (await Task.WhenAll(publishing)).Sum();
        TestContext.Current.SendDiagnosticMessage($"{published} jobs and events; {Seed.Hint}");

        // A job's number tells its process: each has its own range.
        await UntilAsync("all jobs are done", async _ => await AskAsync<long>("SELECT count(*) FROM effects WHERE endpoint = 'done-too'") >= published);
        await EffectsBecomeAsync(CountWriter.Queue, Enumerable.Range(1, published));
        await UntilRestAsync();
        foreach (var queue in new[] { JobConsumer.Queue, DoneConsumer.Queue, DoneTooConsumer.Queue })
        {
            Assert.Equal(published, await AskAsync<long>($"SELECT count(*) FROM effects WHERE endpoint = '{queue}'"));
            Assert.Equal(published, await AskAsync<long>($"SELECT count(DISTINCT number) FROM effects WHERE endpoint = '{queue}'"));
        }

        Assert.Equal(published, await AskAsync<long>($"SELECT version FROM sagas WHERE correlation_id = '{saga}'"));
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM failed_messages"));
    }

    [Fact]
    public async Task Should_start_while_the_server_is_down_and_work_when_it_is_up()
    {
        await _cluster.KillAsync(ClusterNames.Postgres);
        var processes = await Task.WhenAll(StartAsync(FewConnections), StartAsync(FewConnections));
        await processes[0].Outbox.PublishAsync(new Job(1), Token);
        await processes[1].Outbox.PublishAsync(new Job(2), Token);

        await _cluster.UpAsync(ClusterNames.Postgres);

        await EffectsBecomeAsync(DoneConsumer.Queue, 1, 2);
        await EffectsBecomeAsync(JobConsumer.Queue, 1, 2);
        await UntilRestAsync();
    }

    [Fact]
    public async Task Should_tell_what_the_server_refuses_from_data_that_is_wrong()
    {
        await using var database = new PostgresDatabase(new PostgresOptions { ConnectionString = Database.Url, MaxConnections = 2 });
        await using var missing = new PostgresDatabase(new PostgresOptions { ConnectionString = new UriBuilder(Database.Url) { Path = "not_there" }.Uri.ToString() });
        await Assert.ThrowsAsync<StorageUnavailableException>(() => RunAsync(missing, "SELECT 1"));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => RunAsync(database, "SELECT * FROM not_there"));
        // Only what is surely the data's own fault is told apart: a statement of ours that is wrong is nothing that a message can help.
        await Assert.ThrowsAsync<StorageUnavailableException>(() => RunAsync(database, "SELEKT"));
        Assert.Equal(PostgresErrorCodes.DivisionByZero, (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(database, "SELECT 1 / 0"))).SqlState);
        // After an error the connection is as good as new.
        await RunAsync(database, "SELECT 1");

        // No connection of the pool is free.
        await using (await database.OpenAsync(Token))
        await using (await database.OpenAsync(Token))
            await Assert.ThrowsAsync<StorageUnavailableException>(() => RunAsync(database, "SELECT 1"));

        await AssertFullAsync();

        // Killed in the middle of a statement, and then not there at all.
        var sleeping = RunAsync(database, "SELECT pg_sleep(60)");
        await UntilAsync("it runs", async _ => await AskAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'") == 1);
        await _cluster.KillAsync(ClusterNames.Postgres);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => sleeping);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => RunAsync(database, "SELECT 1"));

        await _cluster.UpAsync(ClusterNames.Postgres);
        await UntilAsync("it is back", async _ => await IsUpAsync(database));
    }

    private protected override Task<ScratchDatabase> MakeDatabaseAsync() => ScratchDatabase.CreateAsync(_cluster.DatabaseUrl, Token);

    private static async Task<bool> IsUpAsync(PostgresDatabase database)
    {
        try
        {
            await RunAsync(database, "SELECT 1");
            return true;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    private static Task RunAsync(PostgresDatabase database, string sql)
    {
        var batch = new PostgresBatch();
        batch.Add(sql);
        return database.ExecuteAsync(batch, Token);
    }

    /// <summary>Takes connections until the server has none left.</summary>
    private async Task AssertFullAsync()
    {
        var taken = new List<NpgsqlConnection>();
        await using var database = new PostgresDatabase(new PostgresOptions { ConnectionString = Database.Url, MaxConnections = 500 });
        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
        {
            while (true)
                taken.Add(await database.OpenAsync(Token));
        });
        Assert.Equal(PostgresErrorCodes.TooManyConnections, Assert.IsType<PostgresException>(refused.InnerException).SqlState);
        foreach (var connection in taken)
            await connection.DisposeAsync();
    }

    /// <summary>Publishes a job and an event again and again.</summary>
    /// <returns>How many of each.</returns>
    private static async Task<int> PublishAsync(PostgresProcess process, int index, Guid saga, CancellationToken enough)
    {
        var number = 0;
        while (!enough.IsCancellationRequested)
        {
            await process.Outbox.PublishAsync(new Job((index * 1_000_000) + number), Token);
            await process.Outbox.PublishAsync(new Add(saga), Token);
            number++;
            // What is published while the server is away waits in the process's own inbox: it is not to be much.
            await Task.Delay(PublishEvery, TimeProvider.System, Token);
        }

        return number;
    }
}
