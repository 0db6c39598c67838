using System.Net;
using System.Net.Http.Json;
using BusIngest.Api.Commands;
using BusIngest.Api.Commands.Inbox;
using BusIngest.Bus;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Operating;
using BusIngest.Support.Servers;
using BusIngest.Support.Storage;

namespace BusIngest.Integration.Operating;

/// <summary>Backup and restore over PostgreSQL and RabbitMQ, by the commands of docs/operating.md, while clients go on.</summary>
public sealed class BackupTests(SharedServers servers) : IAsyncDisposable
{
    private const Roles Rest = Roles.Workers | Roles.Sagas | Roles.Scheduler;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _folder = new();
    private readonly Acknowledgements _acknowledgements = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Should_have_what_was_stored_and_what_was_parked_before_the_backup()
    {
        Assert.True(Shell.Has("sqlite3", "pg_dump", "pg_restore"), "sqlite3, pg_dump or pg_restore is not installed");
        var (promised, timers) = await BackUpAsync();

        await using var database = await servers.DatabaseAsync(Token);
        await using var vhost = await servers.VhostAsync(Token);
        await ShellAsync("restore postgres", database, "second");
        await using var api = await StartAsync(database, vhost, Roles.Api, "second");
        await using var rest = await StartAsync(database, vhost, Rest, "second");

        var stats = await Eventually.BecomesAsync("All is stored", api.Api.StatsAsync, seen => seen.AtRest, Deadline, Token);
        await using var rows = new PostgresCars(database.Url);
        var (times, altered) = await rows.FindAsync(promised, Token);
        Assert.All(promised, id => Assert.Equal(1, times[id]));
        Assert.Empty(altered);
        Assert.True(stats is { Duplicates: 0, Lost: 0, AddsUp: true }, stats.ToString());
        foreach (var timer in timers)
            await Eventually.BecomesAsync("The timer is scheduled", token => StatusAsync(api, timer, token), status => status is "Scheduled", Deadline, Token);
        TestContext.Current.TestOutputHelper?.WriteLine($"{promised.Count} of {_acknowledgements.Count} were acknowledged before; {stats}");
    }

    /// <summary>The steps of the page.</summary>
    /// <returns>The cars and timers acknowledged before the backup.</returns>
    private async Task<(List<Guid> Cars, List<Guid> Timers)> BackUpAsync()
    {
        await using var database = await servers.DatabaseAsync(Token);
        await using var vhost = await servers.VhostAsync(Token);
        await using var api = await StartAsync(database, vhost, Roles.Api, "first");
        var timers = new List<Guid>();
        List<Guid> promised;
        await using var client = PostingClient.Start(() => api.Http.BaseAddress, _acknowledgements, Seed.RandomFor(nameof(BackupTests)));
        await using (await StartAsync(database, vhost, Rest, "first"))
        {
            await _acknowledgements.WaitForMoreAsync(1_000, Deadline, Token);
            timers.Add(await SetTimerAsync(api));
            Assert.Equal(HttpStatusCode.OK, (await api.Api.SendAsync(HttpMethod.Post, "outbox/isolate", null, Token)).Status);
            await _acknowledgements.WaitForMoreAsync(500, Deadline, Token);
            timers.Add(await SetTimerAsync(api));
            await BrokerIsEmptyAsync(api);
        }

        await BrokerIsEmptyAsync(api);
        promised = [.. _acknowledgements.Acknowledged];
        await ShellAsync("backup postgres", database, "first");

        await using var back = await StartAsync(database, vhost, Rest, "first");
        await client.StopAsync();
        using var outbox = new OutboxClient(api.Http.BaseAddress!, null);
        await using var text = new StringWriter();
        Assert.Equal(0, await InboxReplay.RunAsync(
            outbox, Deadline, new CommandConsole(TextReader.Null, text, TextWriter.Null, IsJson: false), TimeProvider.System, Token));
        Assert.Contains("RABBITMQ_MODE, breaker CLOSED, 0 records parked", text.ToString(), StringComparison.Ordinal);
        var stats = await Eventually.BecomesAsync("All is stored", api.Api.StatsAsync, seen => seen.AtRest, Deadline, Token);
        Assert.True(stats is { Duplicates: 0, Lost: 0 }, stats.ToString());
        return (promised, timers);
    }

    private Task<SpreadService> StartAsync(ScratchDatabase database, ScratchVhost vhost, Roles roles, string place) =>
        SpreadService.StartAsync(database, vhost, roles, Path.Combine(_folder.Path, place, roles == Roles.Api ? "api" : "rest"));

    private Task ShellAsync(string script, ScratchDatabase database, string place) => Shell.RunAsync(
        OperatingPage.Script(script), _folder.Path, Token, ("DATABASE_URL", database.Url), ("DATA_DIRS", $"{place}/api {place}/rest"));

    private static async Task BrokerIsEmptyAsync(SpreadService api) => await Eventually.BecomesAsync(
        "The broker is empty",
        async token => (await api.Http.GetStringAsync("metrics", token)).Split('\n')
            .Where(line => line.StartsWith("busingest_backlog_messages{stage=\"broker\"", StringComparison.Ordinal)).ToList(),
        lines => lines.Count > 0 && lines.All(line => line.EndsWith(" 0", StringComparison.Ordinal)),
        Deadline,
        Token);

    private static async Task<Guid> SetTimerAsync(SpreadService api)
    {
        using var body = JsonContent.Create(new { hours = 1, minutes = 0, seconds = 0, webhookUrl = "https://example.com/hook" });
        var answer = await api.Api.SendAsync(HttpMethod.Post, "api/v1/timer", body, Token);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Json().GetProperty("timer").GetProperty("timerId").GetGuid();
    }

    private static async Task<string> StatusAsync(SpreadService api, Guid timer, CancellationToken cancellationToken) =>
        (await api.Api.GetAsync($"api/v1/timer/{timer}", cancellationToken)).GetProperty("timer").GetProperty("timerStatus").GetString()!;
}
