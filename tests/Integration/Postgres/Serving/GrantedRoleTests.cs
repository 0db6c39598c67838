using System.Net;
using BusIngest.Api.Commands;
using BusIngest.Api.Commands.Migrate;
using BusIngest.Api.Configuration;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Support.Operating;
using BusIngest.Support.Orders;
using BusIngest.Workers.Events.Retiring;

namespace BusIngest.Integration.Postgres.Serving;

/// <summary>Two roles with the grants of docs/operating.md and no others: one migrates, the other runs.</summary>
public sealed class GrantedRoleTests(SharedServers servers) : ServedTest(servers)
{
    private const int Orders = 2_500;

    [Fact]
    public async Task Should_run_as_a_role_that_may_change_rows_alone()
    {
        var (migrating, running) = (await RoleAsync(), await RoleAsync());
        await RunAsync(Granted(migrating, running));
        await MigrateAsync(migrating);

        await StartAsync(UrlOf(running));
        await PostCarAsync("granted");
        await CarsBecomeAsync("granted", 1);
        await EventsAsync();
        await OrdersAsync();
        await RetireAsync(running);
        await NothingIsGivenUpAsync();
        Assert.Null(await AilingAsync("database"));
        Assert.Null(await AilingAsync("loops"));
    }

    /// <summary>Those of docs/operating.md.</summary>
    private static string Granted(string migrating, string running) => OperatingPage.Sql("grants postgres")
        .Replace("busingest_owner", migrating, StringComparison.Ordinal).Replace("busingest_app", running, StringComparison.Ordinal);

    private async Task MigrateAsync(string role)
    {
        await using var text = new StringWriter();
        var nowhere = Path.GetTempPath();
        var settings = new Settings { DataDir = nowhere, Logs = new LogSettings { Directory = nowhere }, Postgres = new() { ConnectionString = UrlOf(role) } };
        Assert.Equal(0, await MigrateRun.RunAsync(settings, new CommandConsole(TextReader.Null, text, TextWriter.Null, IsJson: false), Token));
        // A year ahead, and each time that it is run.
        Assert.Equal(14, await AskAsync<long>(@"SELECT count(*) FROM pg_inherits WHERE inhparent = 'events'::regclass AND inhrelid::regclass::text ~ '_\d'"));
    }

    /// <summary>Of now, and of a year that has no partitions.</summary>
    private async Task EventsAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var body = Json($$"""
            {"events":[{"event_id":"e-1","account_id":"acme","user_id":"ann","type":"login","timestamp":"{{now:yyyy-MM-ddTHH:mm:ss}}Z"},
                       {"event_id":"e-2","account_id":"acme","user_id":"ann","type":"login","timestamp":"2019-03-01T00:00:00Z"}]}
            """);
        Assert.Equal(HttpStatusCode.Accepted, (await Api.SendAsync(HttpMethod.Post, "events", body, Token)).Status);
        await UntilAsync("Both are counted", async token =>
            (await Api.GetAsync($"accounts/acme/summary?from=2019-01-01T00:00:00Z&to={now.AddDays(1):yyyy-MM-dd}T00:00:00Z", token))
                .GetProperty("totals") is var totals && totals.TryGetProperty("login", out var logins) && logins.GetInt64() == 2);
        Assert.Equal(1, await AskAsync<long>("SELECT count(*) FROM events_other"));
    }

    private async Task OrdersAsync()
    {
        var orders = new OrdersApi(Api);
        await orders.GenerateAsync(Orders, Token);
        await UntilAsync("They are stored", async _ => await AskAsync<long>("SELECT count(*) FROM orders") > 0);
        Assert.Equal(HttpStatusCode.OK, (await orders.ResetAsync(Token)).Status);
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM orders"));
    }

    /// <summary>A role that may not drop a month deletes its rows.</summary>
    private async Task RetireAsync(string role)
    {
        await using var database = new PostgresDatabase(new PostgresOptions { ConnectionString = UrlOf(role) });
        await new PostgresRetiring(database).RetireAsync(TimeProvider.System.GetUtcNow().AddMonths(2), Token);
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM events"));
    }
}
