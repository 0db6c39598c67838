using BusIngest.Bus;
using BusIngest.Bus.Sagas;
using BusIngest.Contracts.Sync;
using BusIngest.DataSyncSimulator;
using BusIngest.Sagas.Sync;
using BusIngest.Support;
using BusIngest.Workers.Sync;
using BusIngest.Workers.Sync.Sources;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Integration.Postgres;

/// <summary>A test with processes that pull a simulated API, over PostgreSQL and RabbitMQ.</summary>
public abstract class SyncProcessTest(SharedServers servers) : PostgresTest(servers)
{
    private protected static Task<Simulator> SimulateAsync(SimulatorOptions options) => Simulator.StartAsync(options with { Port = 0 }, TimeProvider.System);

    private protected static async Task<Guid> BeginAsync(PostgresProcess process)
    {
        var source = new RunSource(SourceIds.Of(SyncOptions.DataSync), SyncOptions.DataSync, null, null, 500);
        return Assert.IsType<SyncAccepted>(await AskAsync(process, source)).RunId;
    }

    private protected static async Task<object> AskAsync(PostgresProcess process, RunSource source)
    {
        await using var scope = process.Get<IServiceScopeFactory>().CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<IRequestClient<RequestSync>>();
        var now = TimeProvider.System.GetUtcNow();
        var answer = await client.GetResponse<SyncAccepted, SyncRefused>(new RequestSync(Guid.CreateVersion7(now), source, now), Token);
        return answer.Message;
    }

    /// <summary>Waits until a run is in a state, for as long as it asks for pages: how often it must depends on the faults that it meets.</summary>
    private protected async Task UntilAsync(Guid runId, string state)
    {
        var before = string.Empty;
        while (true)
        {
            var seen = await Eventually.BecomesAsync(
                $"the run is {state} or asks for another page",
                async _ => (await ListAsync<string>($"""
                    SELECT s.state || ' after ' || coalesce(max(r.requests), 0)
                    FROM sagas s LEFT JOIN sync_runs r ON r.run_id = s.correlation_id
                    WHERE s.correlation_id = '{runId}' GROUP BY s.state
                    """)).FirstOrDefault(before),
                seen => !string.Equals(seen, before, StringComparison.Ordinal),
                Deadline,
                Token);
            if (seen.StartsWith($"{state} ", StringComparison.Ordinal))
                return;
            before = seen;
        }
    }

    /// <summary>A process of some roles that pulls the simulator.</summary>
    private protected static PostgresSetup With(string rabbitMqUrl, Roles roles, Simulator simulator, string? secret = "what the processes share")
    {
        var options = new SyncOptions
        {
            AllowedHosts = new HashSet<string>(StringComparer.Ordinal) { "127.0.0.1" },
            Secret = secret,
            Sources = new Dictionary<string, ConfiguredSource>(StringComparer.Ordinal)
            {
                [SyncOptions.DataSync] = new(new SourceDefinition { BaseUrl = simulator.Url }, new Bus.ReloadableText("demo-key")),
            },
        };
        var setup = new PostgresSetup
        {
            RabbitMqUrl = rabbitMqUrl,
            Services = services => services.AddSync(options, roles).AddSingleton(new SyncRunOptions()),
            Consumers = bus =>
            {
                bus.AddSyncRunSaga().DocumentRepository(SyncRunState.Kind, SyncStateJson.Default.SyncRunState);
                bus.AddSyncSourceSaga().DocumentRepository(SyncSourceState.Kind, SyncStateJson.Default.SyncSourceState);
                bus.AddSyncConsumers();
            },
        };
        return setup with { Options = setup.Options with { Roles = roles } };
    }
}
