using BusIngest.Bus;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Sagas;
using BusIngest.Integration.Postgres.Work;
using BusIngest.Integration.Redis;
using BusIngest.Support;
using BusIngest.Support.Servers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BusIngest.Integration.Postgres;

/// <summary>A test with a database of its own, and with processes on it.</summary>
public abstract class PostgresTest(SharedServers servers) : IAsyncLifetime
{
    private protected static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Stack<IAsyncDisposable> _owned = new();

    /// <summary>Ends the test when the runner does.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected SharedServers Servers => servers;

    private protected ScratchDatabase Database { get; private set; } = null!;

    private protected Bench Bench { get; } = new();

    /// <inheritdoc />
    public virtual async ValueTask InitializeAsync()
    {
        Database = Own(await MakeDatabaseAsync());
        await ExecuteAsync(Bench.Table);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        while (_owned.TryPop(out var owned))
            await owned.DisposeAsync();
    }

    private protected T Own<T>(T owned)
        where T : IAsyncDisposable
    {
        _owned.Push(owned);
        return owned;
    }

    /// <summary>Starts a process with the endpoints of <see cref="Work"/> and the tally's.</summary>
    private protected Task<PostgresProcess> StartAsync(PostgresSetup? setup = null) => StartAsync(Database.Url, setup ?? new PostgresSetup());

    /// <summary>Starts one under another user, or on another server.</summary>
    private protected async Task<PostgresProcess> StartAsync(string url, PostgresSetup setup) => Own(await PostgresProcess.StartAsync(url, setup with
    {
        Services = services =>
        {
            services.AddSingleton(Bench)
                .AddRecord(WorkJson.Default.Job, WorkJson.Default.JobArray)
                .AddRecord(TallyJson.Default.Add, TallyJson.Default.AddArray);
            setup.Services(services);
        },
        Consumers = bus =>
        {
            bus.AddConsumer<JobConsumer>().Endpoint(endpoint => endpoint.Name = JobConsumer.Queue);
            bus.AddConsumer<DoneConsumer>().Endpoint(endpoint => endpoint.Name = DoneConsumer.Queue);
            bus.AddConsumer<DoneTooConsumer>().Endpoint(endpoint => endpoint.Name = DoneTooConsumer.Queue);
            bus.AddConsumer<CountWriter>().Endpoint(endpoint => endpoint.Name = CountWriter.Queue);
            bus.AddSagaStateMachine<TallyMachine, Tally>()
                .Endpoint(endpoint =>
                {
                    endpoint.Name = "tallies";
                    endpoint.ConcurrentMessageLimit = 64;
                })
                .DocumentRepository("tally", TallyJson.Default.Tally);
            setup.Consumers(bus);
        },
    }));

    /// <summary>A user of the database whose processes can be cut off from it, which is to others as if they were killed.</summary>
    private protected async Task<string> UserAsync()
    {
        var user = $"user_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE ROLE {user} LOGIN SUPERUSER PASSWORD '{Database.Password}'");
        return user;
    }

    /// <summary>The database's URL for a user.</summary>
    private protected string UrlOf(string user) => new UriBuilder(Database.Url) { UserName = user }.Uri.ToString();

    /// <summary>Ends a user's connections and lets it make no others.</summary>
    private protected async Task CutOffAsync(string user)
    {
        await ExecuteAsync($"ALTER ROLE {user} NOLOGIN");
        await UntilAsync("nobody of the user is there", async _ => await AskAsync<long>($"""
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = '{user}'
            """) == 0);
    }

    /// <summary>The numbers that were written at an endpoint, in their order.</summary>
    private protected Task<List<int>> EffectsAsync(string endpoint) =>
        ListAsync<int>($"SELECT number FROM effects WHERE endpoint = '{endpoint}' ORDER BY number");

    /// <summary>Waits until these were written at an endpoint, each once.</summary>
    private protected async Task EffectsBecomeAsync(string endpoint, params IEnumerable<int> numbers)
    {
        var wanted = numbers.Order().ToList();
        await Eventually.BecomesAsync(
            $"{endpoint} to have written {wanted.Count}",
            _ => EffectsAsync(endpoint),
            seen => seen.Count >= wanted.Count,
            Deadline,
            Token);
        Assert.Equal(wanted, await EffectsAsync(endpoint));
    }

    /// <summary>Waits until nothing is on its way.</summary>
    private protected Task UntilRestAsync() => UntilAsync(
        "no outgoing message is left", async _ => await AskAsync<long>("SELECT count(*) FROM outgoing") == 0);

    private protected static Task UntilAsync(string what, Func<CancellationToken, Task<bool>> condition) =>
        Eventually.HoldsAsync(what, condition, Deadline, Token);

    private protected static Task UntilAsync(string what, Func<bool> condition) => UntilAsync(what, _ => Task.FromResult(condition()));

    private protected async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
#pragma warning disable CA2100 // The statements are the tests' own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Token);
    }

    private protected async Task<T> AskAsync<T>(string sql) => (await ListAsync<T>(sql))[0];

    private protected async Task<List<T>> ListAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
#pragma warning disable CA2100 // The statements are the tests' own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync(Token);
        var values = new List<T>();
        while (await rows.ReadAsync(Token))
            values.Add(rows.GetFieldValue<T>(0));
        return values;
    }

    /// <summary>Options of a process that gives up at once.</summary>
    private protected static PostgresSetup NoRetries { get; } =
        new PostgresSetup() is var setup ? setup with { Options = setup.Options with { Retry = new RetryOptions { Immediate = 0, Spaced = [] } } } : setup;

    /// <summary>The database, on the shared server unless a test has its own.</summary>
    private protected virtual Task<ScratchDatabase> MakeDatabaseAsync() => servers.DatabaseAsync(Token);

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync(Token);
        return connection;
    }
}
