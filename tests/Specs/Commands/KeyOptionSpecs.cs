using BusIngest.Api.Commands;
using BusIngest.Api.Configuration;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Commands;

/// <summary>Commands at a service that asks for a key.</summary>
public sealed class KeyOptionSpecs : Spec
{
    [Fact]
    public async Task Should_send_the_key_of_a_file()
    {
        var settings = RunningService.SettingsIn(Folder);
        var service = Own(await RunningService.StartAsync(settings with { ApiKeys = [new ApiKey("ann", "key-of-ann")] }));
        var file = Path.Combine(Folder, "key");
        await File.WriteAllTextAsync(file, "key-of-ann\n", Token);
        using var right = new CommandRecorder();
        using var none = new CommandRecorder();

        Assert.Equal(0, await ListAsync(service, right, "--api-key-file", file));
        Assert.Equal(CommandException.ExitCode, await ListAsync(service, none));

        Assert.Equal("", right.Errors);
        Assert.Contains("--api-key-file", Assert.Single(none.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static Task<int> ListAsync(RunningService service, CommandRecorder recorder, params string[] more) => ProgramCommands.RunAsync(
        ["failed", "list", "--json", "--url", $"{service.Address}", .. more], recorder.Console.Text, recorder.Console.Errors);
}
