using System.CommandLine;
using System.CommandLine.Help;
using BusIngest.Api.Commands;
using BusIngest.Api.Configuration;

namespace BusIngest.Specs.Commands;

/// <summary>Every option of every command, given what it can't be.</summary>
public sealed class WrongOptionSpecs : Spec
{
    private static readonly string[] NoNumbers = ["abc", "", " ", "1.5", "1e3", "0x10", "١", "99999999999999999999", "-99999999999999999999", "1\n2"];
    private static readonly string[] NoShares = ["abc", "", "-0.1", "1.01", "NaN", "Infinity"];
    private static readonly string[] NoTimes = ["tomorrow", "", "2026-13-01", "0001-01-01T00:00:00Z"];
    private static readonly string[] NoAddresses = ["nonsense", "", "ftp://x/", "http://", "//x", "http://x/?a=b", "http://x/#a", "http://ann:secret@x/"];
    private static readonly string[] NoTexts = ["", "a\nb"];

    [Fact]
    public async Task Should_exit_with_2_and_one_line_that_names_the_option()
    {
        var (tried, wrong) = (0, new List<string>());
        foreach (var (path, command) in Leaves(ProgramCommands.Root(), []))
        {
            foreach (var option in command.Options.Where(option => option is not HelpOption))
            {
                foreach (var value in WrongValues(option))
                {
                    tried++;
                    await TryAsync([.. path, .. Needed(path), option.Name, value], option.Name, wrong);
                }

                if (option.ValueType != typeof(bool))
                    await TryAsync([.. path, .. Needed(path), option.Name], option.Name, wrong);
            }
        }

        Assert.Empty(wrong);
        Assert.InRange(tried, 200, 100_000);
    }

    [Theory]
    [InlineData("N", "seed-events", "abc")]
    [InlineData("N", "seed-events", "0")]
    [InlineData("N", "seed-events", "1000000001")]
    [InlineData("ID", "failed", "retry", "no-id", "--json")]
    [InlineData("--json", "failed", "list", "--json=perhaps")]
    [InlineData("--limitt", "failed", "list", "--limitt=5", "--json")]
    [InlineData("--limit", "failed", "list", "--json", "--limit", "1", "--limit", "2")]
    [InlineData("--status", "timers", "watch", "--status", "scheduled")]
    [InlineData("--until", "seed-events", "1", "--until", "01.02.2026")]
    [InlineData("--until", "seed-events", "1", "--until", "12:30")]
    [InlineData("SHELL", "completion", "csh")]
    public async Task Should_name_what_is_wrong(string name, params string[] args)
    {
        var wrong = new List<string>();

        await TryAsync(args, name, wrong);

        Assert.Empty(wrong);
    }

    /// <summary>As every route does.</summary>
    [Theory]
    [InlineData("2026-02-01")]
    [InlineData("2026-02-01 12:30+0200")]
    [InlineData("2026-06-30t23:59:60z")]
    public void Should_take_a_time_in_any_notation_of_ISO_8601(string time) =>
        Assert.Empty(ProgramCommands.Root().Parse(["seed-events", "1", "--until", time]).Errors);

    [Fact]
    public async Task Should_refuse_files_that_have_no_key_without_showing_what_they_have()
    {
        foreach (var (name, text) in new[] { ("empty", ""), ("two", "secret one\nsecret two"), ("letters", "geheimschlüssel") })
            await File.WriteAllTextAsync(Path.Combine(Folder, name), text, Token);
        await File.WriteAllTextAsync(Path.Combine(Folder, "right"), "secret-one\n", Token);
        var wrong = new List<string>();

        foreach (var name in new[] { "missing", "empty", "two", "letters", "." })
            Assert.DoesNotContain("secret ", await TryAsync(["failed", "list", "--api-key-file", Path.Combine(Folder, name)], "--api-key-file", wrong), StringComparison.Ordinal);
        await TryAsync(["failed", "list", "--api-key", "k1", "--api-key-file", Path.Combine(Folder, "right")], "--api-key-file", wrong);

        Assert.Empty(wrong);
    }

    private static string[] WrongValues(Option option) => option.ValueType switch
    {
        var type when type == typeof(int) || type == typeof(int?) || type == typeof(long) => NoNumbers,
        var type when type == typeof(double) => NoShares,
        var type when type == typeof(DateTimeOffset?) => NoTimes,
        var type when type == typeof(Uri) => NoAddresses,
        var type when type == typeof(string) => NoTexts,
        var type when type == typeof(string[]) => [""],
        var type when type == typeof(bool) => [],
        var type => throw new InvalidOperationException($"What is wrong for {option.Name}, a {type}?"),
    };

    /// <summary>What a command can't do without.</summary>
    private static string[] Needed(string[] path) => path[^1] switch
    {
        "seed-events" => ["1"],
        "retry" or "drop" => ["--all"],
        "completion" => ["bash"],
        _ => [],
    };

    private static IEnumerable<(string[] Path, Command Command)> Leaves(Command command, string[] path) => command.Subcommands.Count == 0
        ? [(path, command)]
        : command.Subcommands.SelectMany(below => Leaves(below, [.. path, below.Name]));

    private static async Task<string> TryAsync(string[] args, string name, List<string> wrong)
    {
        using var recorder = new CommandRecorder();
        var code = await ProgramCommands.RunAsync(args, recorder.Console.Text, recorder.Console.Errors);
        var lines = recorder.Errors.TrimEnd('\n').Split('\n');
        if (code != SettingsException.ExitCode || recorder.Text.Length > 0 || lines.Length != 1 || !lines[0].Contains(name, StringComparison.Ordinal))
            wrong.Add($"{string.Join(' ', args)}: {code}, out '{recorder.Text}', errors '{recorder.Errors}'");
        return recorder.Errors;
    }
}
