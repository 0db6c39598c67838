using System.Text.Json;
using BusIngest.Support;

namespace BusIngest.Faults.Commands;

/// <summary>Commands whose output is full, closed or read only in part, and those that are interrupted.</summary>
public sealed class StreamTests : ShellTest
{
    private static readonly string[] Keys = ["key-of-ann", "key-of-bob"];

    [Theory]
    [InlineData("\"$PROGRAM\" failed list --json --url $URL >/dev/full", 0)]
    [InlineData("\"$PROGRAM\" timers watch --url $URL >/dev/full", 1)]
    [InlineData("\"$PROGRAM\" failed --help >/dev/full", 1)]
    [InlineData("\"$PROGRAM\" completion bash >/dev/full", 1)]
    [InlineData("\"$PROGRAM\" failed --help >&-", 1)]
    [InlineData("\"$PROGRAM\" failed --help >&- 2>&-", 1)]
    [InlineData("\"$PROGRAM\" failed list --limit x 2>/dev/full", 2)]
    [InlineData("\"$PROGRAM\" orders run --quantity 2000 --json --url $URL | head -n 1 >/dev/null", 0)]
    [InlineData("\"$PROGRAM\" bench --help | head -n 1 >/dev/null", 0)]
    public async Task Should_end_without_a_stack_trace_when_nobody_reads_its_output(string command, int code)
    {
        await ServeAsync();

        var written = await TypeAsync(command, code);

        Assert.DoesNotContain("   at ", written, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", written, StringComparison.Ordinal);
        Assert.InRange(written.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 0, 1);
    }

    [Fact]
    public async Task Should_leave_whole_lines_of_json_and_a_reason_when_it_is_interrupted()
    {
        var service = await ServeAsync();
        using (var http = new HttpClient { BaseAddress = service })
            (await http.PostAsync("pedidos/queue/pause", content: null, Token)).EnsureSuccessStatusCode();
        var (output, errors) = (Path.Combine(Folder, "output"), Path.Combine(Folder, "errors"));

        // What a shell starts in the background ignores Ctrl+C, and so would this when the tests are.
        var running = await LaunchAsync($"exec env --default-signal=INT \"$PROGRAM\" orders run --quantity 2000 --json --url $URL >'{output}' 2>'{errors}'");
        await Eventually.BecomesAsync(
            "It follows", _ => Task.FromResult(File.Exists(output) ? new FileInfo(output).Length : 0), length => length > 0, TimeSpan.FromSeconds(60), Token);
        running.Interrupt();
        var exit = await running.WaitForExitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.Equal(1, exit.Code);
        Assert.All(await File.ReadAllLinesAsync(output, Token), line => JsonSerializer.Deserialize<JsonElement>(line));
        Assert.Contains("goes on", Assert.Single(await File.ReadAllLinesAsync(errors, Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_take_its_key_from_the_environment()
    {
        await ServeAsync(("AUTH_API_KEYS", $"ann={Keys[0]}"), ("BIND", "127.0.0.1"));

        Assert.Contains("asks for a key", await TypeAsync("\"$PROGRAM\" failed list --json --url $URL", 1), StringComparison.Ordinal);
        Assert.Contains("does not know the key", await TypeAsync($"BUSINGEST_API_KEY={Keys[1]} \"$PROGRAM\" failed list --json --url $URL", 1), StringComparison.Ordinal);
        Assert.Contains("BUSINGEST_API_KEY", await TypeAsync("BUSINGEST_API_KEY='a b' \"$PROGRAM\" failed list --json --url $URL", 2), StringComparison.Ordinal);
        Assert.Equal("", await TypeAsync($"BUSINGEST_API_KEY={Keys[0]} \"$PROGRAM\" failed list --json --url $URL", 0));
    }
}
