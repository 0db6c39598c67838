using BusIngest.Api.Configuration;
using BusIngest.Bus;
using BusIngest.Support;
using BusIngest.Support.Servers;
using Npgsql;

namespace BusIngest.Integration.Operating;

/// <summary>A test with a process that answers and one that works, over RabbitMQ and PostgreSQL.</summary>
public abstract class SpreadTest(SharedServers servers) : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private ScratchDatabase? _database;
    private ScratchVhost? _vhost;
    private SpreadService? _api;
    private SpreadService? _worker;

    /// <summary>Ends the test when the runner does.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected SpreadService Api => _api!;

    private protected SpreadService Worker => _worker!;

    private protected ScratchDatabase Database => _database!;

    /// <inheritdoc />
    public virtual async ValueTask InitializeAsync()
    {
        _database = await servers.DatabaseAsync(Token);
        _vhost = await servers.VhostAsync(Token);
        _api = await SpreadService.StartAsync(_database, _vhost, Roles.Api, change: Change);
        _worker = await SpreadService.StartAsync(_database, _vhost, Roles.Workers | Roles.Sagas | Roles.Scheduler, change: Change);
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var disposable in new IAsyncDisposable?[] { _api, _worker, _vhost, _database })
        {
            if (disposable is not null)
                await disposable.DisposeAsync();
        }
    }

    /// <summary>One more process, which the test disposes.</summary>
    private protected Task<SpreadService> StartSecondAsync(Roles roles) => SpreadService.StartAsync(_database!, _vhost!, roles, change: Change);

    /// <summary>What the test has otherwise in the settings of both.</summary>
    private protected virtual Settings Change(Settings settings) => settings;

    private protected static Task BecomesAsync(string what, Func<CancellationToken, Task<bool>> condition) => Eventually.HoldsAsync(what, condition, Deadline, Token);

    private protected async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database!.ConnectionString);
        await connection.OpenAsync(Token);
#pragma warning disable CA2100 // The test's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Token);
    }
}
