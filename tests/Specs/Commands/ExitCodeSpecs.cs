using BusIngest.Api.Commands;

namespace BusIngest.Specs.Commands;

/// <summary>What the program exits with when it is asked for the wrong thing, or for help.</summary>
public sealed class ExitCodeSpecs
{
    private const string Nobody = "--url=http://127.0.0.1:1";

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "run", "--help")]
    [InlineData(0, "migrate", "--help")]
    [InlineData(0, "failed", "--help")]
    [InlineData(0, "failed", "drop", "--help")]
    [InlineData(0, "inbox", "replay", "--help")]
    [InlineData(0, "bench", "--help")]
    [InlineData(0, "bench", "cars", "--help")]
    [InlineData(1, "bench", "cars", Nobody)]
    [InlineData(1, "bench", "timers", Nobody)]
    [InlineData(1, "failed", "list", Nobody)]
    [InlineData(1, "failed", "retry", "--all", Nobody)]
    [InlineData(1, "inbox", "replay", Nobody)]
    [InlineData(1, "inbox", "list", "--data-dir", "/nowhere")]
    [InlineData(1, "orders", "run", Nobody)]
    [InlineData(1, "sync", "run", Nobody)]
    [InlineData(1, "timers", "watch", Nobody)]
    [InlineData(2, "nonsense")]
    [InlineData(2, "failed", "list", "--limit", "0")]
    [InlineData(2, "failed", "retry")]
    [InlineData(2, "failed", "retry", "no-id")]
    [InlineData(2, "failed", "drop", "--all", "019c12a0-0000-7000-8000-000000000001")]
    [InlineData(2, "failed", "drop", "--type", "CarGenerated", "019c12a0-0000-7000-8000-000000000001")]
    [InlineData(2, "migrate", "--NONSENSE", "1")]
    [InlineData(2, "migrate", "nonsense")]
    [InlineData(2, "bench", "nonsense")]
    [InlineData(2, "bench", "cars", "--connections", "0")]
    [InlineData(2, "bench", "events", "--batch", "1001")]
    [InlineData(2, "bench", "timers", "--batch", "2")]
    public async Task Should_exit_with(int code, params string[] args) => Assert.Equal(code, await ProgramCommands.RunAsync(args));

    [Theory]
    [InlineData("run", "--PORT", "3001")]
    [InlineData("--PORT", "3001")]
    public void Should_serve_with_the_switches_as_settings(params string[] args)
    {
        Assert.False(ProgramCommands.IsCommand(args));
        Assert.Equal(["--PORT", "3001"], ProgramCommands.Switches(args), StringComparer.Ordinal);
    }
}
