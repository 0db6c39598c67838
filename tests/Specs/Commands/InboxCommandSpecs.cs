using System.Net;
using BusIngest.Api.Commands;
using BusIngest.Api.Commands.Inbox;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Storage;
using BusIngest.Support.Cars;

namespace BusIngest.Specs.Commands;

/// <summary>The command `inbox`, where the bus is in the process.</summary>
public sealed class InboxCommandSpecs : Spec
{
    private string DataDirectory => RunningService.SettingsIn(Folder).DataDir;

    [Fact]
    public async Task Should_count_what_waits_beside_the_process_and_have_it_sent()
    {
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
        using var client = new OutboxClient(service.Address, null);
        using var waiting = new CommandRecorder(isJson: true);
        using var table = new CommandRecorder();
        using var late = new CommandRecorder();
        int code;
        await using (new HeldWriter(service.Get<MainDatabase>().Writer))
        {
            Assert.Equal(HttpStatusCode.Accepted, (await service.Cars.PostCarsAsync([ClientCar.Of(Guid.NewGuid()), ClientCar.Of(Guid.NewGuid())], Token)).Status);
            await InboxList.RunAsync([DataDirectory], waiting.Console);
            await InboxList.RunAsync([DataDirectory], table.Console);
            code = await late.Console.RunAsync(() => InboxReplay.RunAsync(client, TimeSpan.FromMilliseconds(300), late.Console, TimeProvider.System, Token));
        }

        using var sent = new CommandRecorder(isJson: true);
        Assert.Equal(0, await InboxReplay.RunAsync(client, TimeSpan.FromSeconds(20), sent.Console, TimeProvider.System, Token));
        using var nothing = new CommandRecorder();
        await InboxList.RunAsync([DataDirectory], nothing.Console);

        var line = Assert.Single(waiting.Lines());
        Assert.Equal(("CarGenerated", 1, 2), (line.GetProperty("type").GetString(), line.GetProperty("messages").GetInt32(), line.GetProperty("records").GetInt32()));
        Assert.InRange(line.GetProperty("bytes").GetInt64(), 100, 10_000);
        Assert.InRange(line.GetProperty("oldest").GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow());
        Assert.Contains("CarGenerated", table.Text, StringComparison.Ordinal);
        Assert.Equal(CommandException.ExitCode, code);
        Assert.Contains("2 records are still parked", late.Errors, StringComparison.Ordinal);
        Assert.Equal("IN_PROCESS", sent.Lines()[^1].GetProperty("mode").GetString());
        Assert.Equal("Nothing waits.\n", nothing.Text);
    }

    [Fact]
    public async Task Should_say_that_a_directory_has_no_inbox()
    {
        using var recorder = new CommandRecorder();

        var failure = await Assert.ThrowsAsync<CommandException>(() => InboxList.RunAsync([Folder], recorder.Console));

        Assert.Contains(Path.Combine(Folder, "inbox.db"), failure.Message, StringComparison.Ordinal);
    }
}
