using System.Net;
using BusIngest.Bus.Storage;

namespace BusIngest.Integration.Postgres.Serving;

/// <summary>Databases that are not as they should be, at the start.</summary>
public sealed class UnfitDatabaseTests(SharedServers servers) : ServedTest(servers)
{
    [Fact]
    public async Task Should_end_with_a_line_where_the_encoding_is_another()
    {
        var name = $"latin_{Guid.NewGuid():N}";
        await RunAsync($"CREATE DATABASE {name} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        try
        {
            var refusal = await Assert.ThrowsAsync<DatabaseUnfitException>(() => StartAsync(new UriBuilder(Database.Url) { Path = name }.Uri.ToString()));

            Assert.Contains("LATIN1", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
        }
        finally
        {
            await RunAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    [Fact]
    public async Task Should_wait_for_a_database_that_is_not_there_and_go_on_with_one_of_a_later_version()
    {
        var name = $"late_{Guid.NewGuid():N}";
        var url = new UriBuilder(Database.Url) { Path = name }.Uri.ToString();
        await StartAsync(url);
        try
        {
            Assert.Equal(HttpStatusCode.Accepted, await PostCarAsync("early"));
            await UntilAsync("It says what it waits for", async _ =>
                await AilingAsync("database") is { } reason && reason.Contains($"database \"{name}\" does not exist", StringComparison.Ordinal));
            await RunAsync($"CREATE DATABASE {name}");
            await CarsBecomeAsync("early", 1);
            await Program.DisposeAsync();

            await RunInAsync(url, """INSERT INTO __migrations_cars VALUES ('29990101_Later', '99'); ALTER TABLE cars ADD COLUMN later integer""");
            await StartAsync(url, ("Logs__Level", "Information"));
            await PostCarAsync("later");
            await CarsBecomeAsync("later", 1);
            await UntilAsync("It says so", _ => Task.FromResult(Program.Logged().Contains("is of a later version than this program", StringComparison.Ordinal)));
        }
        finally
        {
            await Program.DisposeAsync();
            await RunAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
    }

    private static async Task RunInAsync(string url, string sql)
    {
        await using var database = new Bus.Storage.Postgres.PostgresDatabase(new() { ConnectionString = url });
        await using var connection = await database.OpenAsync(Token);
#pragma warning disable CA2100 // The statement is the test's own.
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Token);
    }
}
