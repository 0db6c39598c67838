using System.Net;
using System.Text;
using BusIngest.Integration.Redis;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Failures;
using BusIngest.Support.Servers;
using Npgsql;

namespace BusIngest.Integration.Postgres.Serving;

/// <summary>A test of the whole program on a PostgreSQL database of its own, as its clients see it.</summary>
public abstract class ServedTest(SharedServers servers) : IAsyncLifetime
{
    private protected static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Stack<IAsyncDisposable> _owned = new();
    private readonly List<string> _roles = [];

    /// <summary>Ends the test when the runner does.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected SharedServers Servers => servers;

    private protected ScratchDatabase Database { get; private set; } = null!;

    private protected ServedProgram Program { get; private set; } = null!;

    private protected CarsApi Api => new(() => Program.Http.BaseAddress);

    /// <inheritdoc />
    public virtual async ValueTask InitializeAsync() => Database = await servers.DatabaseAsync(Token);

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        while (_owned.TryPop(out var owned))
            await owned.DisposeAsync();
        foreach (var role in _roles)
            await RunAsync($"DROP OWNED BY {role} CASCADE; DROP ROLE {role}");
        await Database.DisposeAsync();
    }

    private protected T Own<T>(T owned)
        where T : IAsyncDisposable
    {
        _owned.Push(owned);
        return owned;
    }

    /// <summary>Starts the program.</summary>
    private protected async Task StartAsync(string url, params (string Name, string Value)[] settings) => Program = Own(await ServedProgram.StartAsync(
        [("DATABASE_URL", url), ("SEEDER_ENABLED", "false"), ("RATE_LIMIT_PER_MINUTE", "0"), ("WEBHOOKS_ALLOWED_HOSTS", "127.0.0.1"), .. settings]));

    /// <summary>A role of the database that has no rights but to log in.</summary>
    private protected async Task<string> RoleAsync()
    {
        var role = $"role_{Guid.NewGuid():N}";
        _roles.Add(role);
        await RunAsync($"CREATE ROLE {role} LOGIN PASSWORD '{Database.Password}'");
        return role;
    }

    /// <summary>The database's URL for a role.</summary>
    private protected string UrlOf(string role) => new UriBuilder(Database.Url) { UserName = role }.Uri.ToString();

    /// <summary>Ends a role's sessions: what was set for it is so from the next one on.</summary>
    private protected Task EndSessionsAsync(string role) => RunAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{role}'");

    /// <summary>Posts a car of a make.</summary>
    private protected async Task<HttpStatusCode> PostCarAsync(string make)
    {
        using var body = Json($$"""{"normalizedMake":"{{make}}","normalizedModel":"m","year":2020,"price":1,"location":"x"}""");
        return (await Api.SendAsync(HttpMethod.Post, "cars", body, Token)).Status;
    }

    /// <summary>How many cars of a make are stored.</summary>
    private protected async Task<int> CountCarsAsync(string make) =>
        (await Api.GetAsync($"cars?make={make}&limit=1000", Token)).GetProperty("cars").GetArrayLength();

    private protected Task CarsBecomeAsync(string make, int count) =>
        UntilAsync($"{count} cars are stored", async _ => await CountCarsAsync(make) == count);

    /// <summary>What /health/ready says is wrong with a part; null: nothing.</summary>
    private protected async Task<string?> AilingAsync(string part)
    {
        var health = (await Api.SendAsync(HttpMethod.Get, "health/ready", null, Token)).Json();
        return health.TryGetProperty("reasons", out var reasons) && reasons.TryGetProperty(part, out var reason) ? reason.GetString() : null;
    }

    private protected async Task NothingIsGivenUpAsync() => Assert.Empty(await new FailuresApi(Api).ListAsync(Token));

    private protected static Task UntilAsync(string what, Func<CancellationToken, Task<bool>> condition) =>
        Eventually.HoldsAsync(what, condition, Deadline, Token);

    private protected static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>Runs SQL as the servers' own user.</summary>
    private protected async Task RunAsync(string sql) => await AskAsync<object>(sql);

    /// <summary>Runs SQL as the servers' own user, and gives its first value.</summary>
    private protected async Task<T?> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync(Token);
#pragma warning disable CA2100 // The statements are the tests' own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Token) is T value ? value : default;
    }
}
