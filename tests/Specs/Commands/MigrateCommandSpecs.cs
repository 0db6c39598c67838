using BusIngest.Api.Commands;
using BusIngest.Api.Commands.Migrate;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Commands;

/// <summary>The command `migrate` on SQLite.</summary>
public sealed class MigrateCommandSpecs : Spec
{
    [Fact]
    public async Task Should_say_what_it_applied_and_the_second_time_that_nothing_was_missing()
    {
        var settings = RunningService.SettingsIn(Folder);
        using var first = new CommandRecorder(isJson: true);
        using var second = new CommandRecorder();

        Assert.Equal(0, await MigrateRun.RunAsync(settings, first.Console, Token));
        Assert.Equal(0, await MigrateRun.RunAsync(settings, second.Console, Token));

        var applied = first.Lines().Select(line => (File: Path.GetFileName(line.GetProperty("database").GetString()), Part: line.GetProperty("part").GetString()));
        Assert.Superset(
            new HashSet<(string?, string?)> { ("busingest.db", "Cars"), ("busingest.db", "Sagas"), ("busingest.db", "Timers"), ("inbox.db", "Inbox") },
            applied.ToHashSet());
        Assert.Equal(2, second.Text.Split("was up to date").Length - 1);
        Own(await RunningService.StartAsync(settings));
    }

    [Fact]
    public async Task Should_leave_a_directory_that_a_process_has()
    {
        var settings = RunningService.SettingsIn(Folder);
        Own(await RunningService.StartAsync(settings));
        using var recorder = new CommandRecorder();

        var code = await recorder.Console.RunAsync(() => MigrateRun.RunAsync(settings, recorder.Console, Token));

        Assert.Equal((CommandException.ExitCode, ""), (code, recorder.Text));
        Assert.Contains("does another process use it?", Assert.Single(recorder.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
