using System.Text.RegularExpressions;
using BusIngest.Support.Programs;

namespace BusIngest.Faults.Commands;

/// <summary>Commands as somebody sees them who types them: on a pseudo-terminal, and with a pipe behind them there.</summary>
public sealed partial class TerminalTests : FaultTest
{
    /// <summary>So many that it takes a second or more.</summary>
    private const int Events = 60_000;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    /// <summary>What has Spectre.Console take a terminal for a build server's log, and what takes colours away.</summary>
    private static readonly string[] BuildServers =
    [
        "APPVEYOR", "bamboo_buildNumber", "BITBUCKET_REPO_OWNER", "BITBUCKET_REPO_SLUG", "BITBUCKET_COMMIT", "BITRISE_BUILD_URL", "CI", "CI_SERVER",
        "ContinuaCI.Version", "GITHUB_ACTIONS", "GITLAB_CI", "GO_SERVER_URL", "JENKINS_URL", "BuildRunner", "NO_COLOR", "TEAMCITY_VERSION", "TF_BUILD", "TRAVIS",
    ];

    [Theory]
    [InlineData(80)]
    [InlineData(160)]
    public async Task Should_draw_a_bar_in_place_on_a_terminal(int columns)
    {
        var written = await TypeAsync(columns, $"\"$PROGRAM\" seed-events {Events}");

        var screen = TerminalScreen.Of(written, columns);
        AssertBars(screen, written, 1);
        Assert.Matches(Stored(), screen.Lines.Last(line => line.Length > 0));
    }

    [Fact]
    public async Task Should_draw_a_bar_for_each_part_of_a_run_of_orders()
    {
        const int columns = 80;
        var service = Install();
        await service.StartAsync(Token);

        var written = await TypeAsync(columns, $"\"$PROGRAM\" orders run --quantity 100000 --url {service.Address}");

        var screen = TerminalScreen.Of(written, columns);
        AssertBars(screen, written, 3);
        Assert.Contains(screen.Lines, line => line.Contains("All: DONE", StringComparison.Ordinal) && line.Contains("100,000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_write_lines_and_nothing_else_into_a_pipe()
    {
        var installation = Install();
        var piped = Path.Combine(installation.WorkingDirectory, "piped");

        var written = await TypeAsync(80, $"\"$PROGRAM\" seed-events {Events} | cat >'{piped}'");

        Assert.All(TerminalScreen.Of(written, 80).Lines, line => Assert.Equal("", line));
        var text = await File.ReadAllTextAsync(piped, Token);
        Assert.DoesNotContain(text, character => char.IsControl(character) && character != '\n');
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var lines = text.TrimEnd('\n').Split('\n');
        Assert.Matches(Stored(), lines[^1]);
        Assert.NotEmpty(lines[..^1]);
        Assert.All(lines[..^1], line => Assert.Matches(Progress(), line));
    }

    /// <summary>Types a command into a terminal, and gives what it was sent when it ended with 0.</summary>
    private async Task<string> TypeAsync(int columns, string command)
    {
        var installation = Install();
        var environment = BuildServers.ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        foreach (var (name, value) in new[] { ("PROGRAM", await Publication.ExecutableAsync()), ("TERM", "xterm"), ("SHELL", "/bin/sh"), ("LC_ALL", "C.UTF-8") })
            environment[name] = value;
        var program = await installation.LaunchAsync(installation.Settings() with
        {
            Executable = "script",
            Arguments = ["-qec", $"stty cols {columns} rows 40 && {command}", "/dev/null"],
            Environment = environment,
        });
        var exit = await program.WaitForExitAsync(Deadline, Token);
        var written = program.Output.Text();
        Assert.True(exit.Code == 0, written);
        return written;
    }

    /// <summary>Each was drawn again and again as it went on, and stands there once, whole.</summary>
    private static void AssertBars(TerminalScreen screen, string written, int count)
    {
        Log(string.Join('\n', screen.Lines));
        var shares = Share().Matches(written).Select(match => match.Value).ToList();
        Assert.InRange(shares.Count, 2 * count, 100_000);
        Assert.InRange(shares.Distinct(StringComparer.Ordinal).Count(), 2, 101);
        var bars = screen.Lines.Where(line => Share().IsMatch(line)).ToList();
        Assert.Equal(count, bars.Count);
        Assert.All(bars, bar => Assert.Matches(Bar(), bar));
        Assert.True(screen.IsCursorShown);
    }

    [GeneratedRegex(@"\d+%", RegexOptions.None, 10_000)]
    private static partial Regex Share();

    [GeneratedRegex(@"━{20,} +\d+%", RegexOptions.None, 10_000)]
    private static partial Regex Bar();

    [GeneratedRegex(@"^[\d,]+ of 60,000 stored, [\d,]+ accepted, [\d,]+ events/s(, \d\d:\d\d:\d\d left)?$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Progress();

    [GeneratedRegex(@"^60,000 events of 500 accounts stored in [\d.]+ s: [\d,]+ events/s$", RegexOptions.None, 10_000)]
    private static partial Regex Stored();
}
