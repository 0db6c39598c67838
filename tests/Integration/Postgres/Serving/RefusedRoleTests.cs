using System.Net;
using Npgsql;

namespace BusIngest.Integration.Postgres.Serving;

/// <summary>What the server refuses to a role costs a wait, and is told in its own words.</summary>
public sealed class RefusedRoleTests(SharedServers servers) : ServedTest(servers)
{
    [Fact]
    public async Task Should_accept_and_wait_while_the_role_may_not_create_tables_and_later_not_log_in()
    {
        var role = await RoleAsync();
        await StartAsync(UrlOf(role));

        Assert.Equal(HttpStatusCode.Accepted, await PostCarAsync("early"));
        await UntilAsync("It says what it waits for", async _ =>
            await AilingAsync("database") is { } reason && reason.Contains("permission denied for schema public", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, await Api.StatusAsync("health/ready", Token));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Api.StatusAsync("cars", Token));

        await RunAsync($"GRANT CREATE ON SCHEMA public TO {role}");
        await CarsBecomeAsync("early", 1);
        await UntilAsync("Nothing ails it any more", async _ => await AilingAsync("database") is null);

        await RunAsync($"ALTER ROLE {role} NOLOGIN");
        await EndSessionsAsync(role);
        Assert.Equal(HttpStatusCode.Accepted, await PostCarAsync("locked-out"));
        await UntilAsync("It says why", async _ =>
            await AilingAsync("database") is { } reason && reason.Contains("is not permitted to log in", StringComparison.Ordinal));
        var read = await Program.Http.GetAsync(new Uri("cars", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, read.StatusCode);
        Assert.NotNull(read.Headers.RetryAfter);

        await RunAsync($"ALTER ROLE {role} LOGIN");
        await CarsBecomeAsync("locked-out", 1);
        await NothingIsGivenUpAsync();
    }

    [Fact]
    public async Task Should_keep_what_a_lock_timeout_or_a_statement_timeout_stands_in_the_way_of()
    {
        var role = await RoleAsync();
        await RunAsync($"GRANT CREATE ON SCHEMA public TO {role}; ALTER ROLE {role} SET lock_timeout = '300ms'");
        await StartAsync(UrlOf(role));
        await PostCarAsync("before");
        await CarsBecomeAsync("before", 1);

        await using (var locking = new NpgsqlConnection(Database.ConnectionString))
        {
            await locking.OpenAsync(Token);
            await using var transaction = await locking.BeginTransactionAsync(Token);
            await using var command = new NpgsqlCommand("LOCK TABLE cars IN ACCESS EXCLUSIVE MODE", locking, transaction);
            await command.ExecuteNonQueryAsync(Token);
            for (var i = 0; i < 5; i++)
                Assert.Equal(HttpStatusCode.Accepted, await PostCarAsync("during"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await Api.StatusAsync("cars?limit=1", Token));
            // Longer than all tries of a consumer that counts them.
            await UntilAsync("It was tried a few times", async _ => await TriesThatFailedAsync() >= 8);
        }

        await CarsBecomeAsync("during", 5);
        // A cancelled query (57014) is what a statement_timeout says; it ends no loop.
        await RunAsync($"ALTER ROLE {role} SET statement_timeout = '1ms'");
        await EndSessionsAsync(role);
        await PostCarAsync("hurried");
        await RunAsync($"ALTER ROLE {role} RESET statement_timeout");
        await EndSessionsAsync(role);
        await CarsBecomeAsync("hurried", 1);
        await NothingIsGivenUpAsync();
    }

    /// <summary>Tries of chunks of cars that failed, by /metrics.</summary>
    private async Task<double> TriesThatFailedAsync()
    {
        var metrics = await Program.Http.GetStringAsync(new Uri("metrics", UriKind.Relative), Token);
        return metrics.Split('\n')
            .Where(line => line.StartsWith("busingest_consume_errors_total{", StringComparison.Ordinal) && line.Contains("CarGenerated", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }
}
