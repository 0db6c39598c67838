using BusIngest.Api.Commands;
using BusIngest.DataSyncSimulator;
using BusIngest.Specs.Commands;

namespace BusIngest.Specs.Sync;

/// <summary>The command `sync run`.</summary>
public sealed class SyncFollowSpecs : SyncSpec
{
    [Fact]
    public async Task Should_follow_a_run_to_its_end_for_people_and_for_programs()
    {
        var simulator = await SimulateAsync(new SimulatorOptions { Total = 300 });
        var service = await ServeAsync(simulator, pageSize: 100);
        var options = new PullOptions(service.Address, null, "datasync", null, null);
        using var people = new CommandRecorder();
        using var program = new CommandRecorder(isJson: true);

        Assert.Equal((0, ""), (await SyncFollow.RunAsync(options, people.Console, Token), people.Errors));
        Assert.Equal((0, ""), (await SyncFollow.RunAsync(options, program.Console, Token), program.Errors));

        Assert.Contains("Completed", people.Text, StringComparison.Ordinal);
        var last = program.Lines()[^1];
        Assert.Equal(("Completed", 300), (last.GetProperty("state").GetString(), last.GetProperty("duplicates").GetInt32()));
    }

    [Fact]
    public async Task Should_say_in_one_line_that_a_run_is_refused()
    {
        var service = await ServeAsync(simulator: null);
        using var recorder = new CommandRecorder();

        var code = await SyncFollow.RunAsync(new PullOptions(service.Address, null, "nobody", null, null), recorder.Console, Token);

        Assert.Equal(CommandException.ExitCode, code);
        Assert.Single(recorder.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
