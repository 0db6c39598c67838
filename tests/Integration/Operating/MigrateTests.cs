using BusIngest.Api.Commands;
using BusIngest.Api.Commands.Migrate;
using BusIngest.Api.Configuration;
using BusIngest.Support;

namespace BusIngest.Integration.Operating;

/// <summary>The command `migrate` on PostgreSQL.</summary>
public sealed class MigrateTests(SharedServers servers) : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_apply_what_is_missing_and_leave_the_data_directory_alone()
    {
        await using var database = await servers.DatabaseAsync(Token);
        await using var first = new StringWriter();
        await using var second = new StringWriter();

        Assert.Equal(0, await MigrateRun.RunAsync(Settings(database.Url), To(first, isJson: true), Token));
        Assert.Equal(0, await MigrateRun.RunAsync(Settings(database.Url), To(second, isJson: false), Token));

        Assert.Contains("\"part\":\"Cars\"", first.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"part\":\"Inbox\"", first.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("postgres://", second.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(" was up to date.\n", second.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Settings(database.Url).DataDir));
    }

    [Fact]
    public async Task Should_say_that_the_server_is_out_of_reach()
    {
        await using var errors = new StringWriter();
        var console = new CommandConsole(TextReader.Null, TextWriter.Null, errors, IsJson: false);

        var code = await console.RunAsync(() => MigrateRun.RunAsync(Settings("postgres://nobody@127.0.0.1:1/busingest"), console, Token));

        Assert.Equal(CommandException.ExitCode, code);
        Assert.Contains("postgres://127.0.0.1:1/busingest", Assert.Single(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private Settings Settings(string url) => new()
    {
        DataDir = Path.Combine(_folder.Path, "data"),
        Logs = new LogSettings { Directory = Path.Combine(_folder.Path, "logs") },
        Postgres = new() { ConnectionString = url },
    };

    private static CommandConsole To(TextWriter text, bool isJson) => new(TextReader.Null, text, TextWriter.Null, isJson);
}
