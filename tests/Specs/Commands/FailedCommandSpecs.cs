using System.Net;
using BusIngest.Api.Commands;
using BusIngest.Api.Commands.Failed;
using BusIngest.Specs.Processes;
using BusIngest.Support.Cars;
using BusIngest.Support.Failures;
using BusIngest.Support.Storage;

namespace BusIngest.Specs.Commands;

/// <summary>The command `failed` against a service whose database refuses some cars.</summary>
public sealed class FailedCommandSpecs : Spec
{
    private const string Make = "poison";
    private const string Type = "CarGenerated";

    private RunningService _service = null!;
    private FailedClient _client = null!;

    [Fact]
    public async Task Should_list_messages_as_a_table_and_as_json()
    {
        await StartAsync(failures: 2);

        using var people = new CommandRecorder();
        await FailedRun.ListAsync(_client, null, 50, people.Console, Token);
        using var program = new CommandRecorder(isJson: true);
        await FailedRun.ListAsync(_client, Type, 1, program.Console, Token);

        Assert.Contains("cars-store", people.Text, StringComparison.Ordinal);
        Assert.Contains(PoisonousMake.Complaint, people.Text, StringComparison.Ordinal);
        var line = Assert.Single(program.Lines());
        Assert.Equal((Type, 2), (line.GetProperty("type").GetString(), line.GetProperty("attempts").GetInt32()));
        Assert.Contains(line.GetProperty("id").GetString()!, people.Text, StringComparison.Ordinal);
        Assert.Equal(Make, line.GetProperty("payload")[0].GetProperty("normalizedMake").GetString());
    }

    [Fact]
    public async Task Should_count_kinds()
    {
        await StartAsync(failures: 3);

        using var program = new CommandRecorder(isJson: true);
        await FailedRun.ListGroupsAsync(_client, null, program.Console, Token);
        using var none = new CommandRecorder(isJson: true);
        await FailedRun.ListGroupsAsync(_client, "Other", none.Console, Token);

        var group = Assert.Single(program.Lines());
        Assert.Equal((Type, "cars-store", 3), (group.GetProperty("type").GetString(), group.GetProperty("endpoint").GetString(), group.GetProperty("messages").GetInt32()));
        Assert.True(group.GetProperty("oldest").GetDateTimeOffset() <= group.GetProperty("newest").GetDateTimeOffset());
        Assert.Empty(none.Lines());
    }

    [Fact]
    public async Task Should_send_again_one_and_all_of_a_type()
    {
        await StartAsync(failures: 3);
        var failed = await new FailuresApi(_service.Cars).ListAsync(Token);
        new PoisonousMake(DataDirectory, Make).Mend();

        using var one = new CommandRecorder(isJson: true);
        await FailedRun.RetryAsync(_client, new FailedSelection([Guid.Parse(failed[0].Id)], null), one.Console, Token);
        using var other = new CommandRecorder(isJson: true);
        await FailedRun.RetryAsync(_client, new FailedSelection([], "Other"), other.Console, Token);
        using var rest = new CommandRecorder(isJson: true);
        await FailedRun.RetryAsync(_client, new FailedSelection([], Type), rest.Console, Token);

        Assert.Equal([1, 0, 2], new[] { one, other, rest }.Select(recorder => recorder.Lines()[0].GetProperty("retried").GetInt32()));
        await UntilAsync("All are stored", () => new StoredCars(DataDirectory).Count() == 3);
    }

    [Fact]
    public async Task Should_say_that_an_id_is_not_known()
    {
        await StartAsync(failures: 0);
        using var retry = new CommandRecorder();
        using var drop = new CommandRecorder();
        var nobody = new FailedSelection([Guid.NewGuid()], null);

        var codes = new[]
        {
            await retry.Console.RunAsync(() => ZeroAsync(FailedRun.RetryAsync(_client, nobody, retry.Console, Token))),
            await drop.Console.RunAsync(() => ZeroAsync(FailedDrop.RunAsync(_client, nobody, yes: false, drop.Console, Token))),
        };

        Assert.Equal([CommandException.ExitCode, CommandException.ExitCode], codes);
        Assert.All([retry, drop], recorder => Assert.Contains($"No message failed under the id '{nobody.Ids[0]}'", recorder.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_drop_all_when_somebody_agrees_and_none_when_nobody_does()
    {
        await StartAsync(failures: 2);
        var all = new FailedSelection([], null);

        using var refused = new CommandRecorder("no\n");
        await FailedDrop.RunAsync(_client, all, yes: false, refused.Console, Token);
        using var alone = new CommandRecorder();
        await Assert.ThrowsAsync<CommandException>(() => FailedDrop.RunAsync(_client, all, yes: false, alone.Console, Token));
        using var program = new CommandRecorder("yes\n", isJson: true);
        await Assert.ThrowsAsync<CommandException>(() => FailedDrop.RunAsync(_client, all, yes: false, program.Console, Token));
        Assert.Equal(2, (await new FailuresApi(_service.Cars).ListAsync(Token)).Count);
        using var agreed = new CommandRecorder("yes\n");
        await FailedDrop.RunAsync(_client, all, yes: false, agreed.Console, Token);

        Assert.Contains("0 messages dropped", refused.Text, StringComparison.Ordinal);
        Assert.Contains(Type, agreed.Text, StringComparison.Ordinal);
        Assert.Contains("2 messages dropped", agreed.Text, StringComparison.Ordinal);
        Assert.Empty(await new FailuresApi(_service.Cars).ListAsync(Token));
    }

    [Fact]
    public async Task Should_drop_one_by_its_id_without_a_question()
    {
        await StartAsync(failures: 2);
        var failed = await new FailuresApi(_service.Cars).ListAsync(Token);

        using var program = new CommandRecorder(isJson: true);
        await FailedDrop.RunAsync(_client, new FailedSelection([Guid.Parse(failed[1].Id)], null), yes: false, program.Console, Token);

        Assert.Equal(1, program.Lines()[0].GetProperty("dropped").GetInt32());
        Assert.Equal(failed[0].Id, Assert.Single(await new FailuresApi(_service.Cars).ListAsync(Token)).Id);
    }

    private string DataDirectory => RunningService.SettingsIn(Folder).DataDir;

    private async Task StartAsync(int failures)
    {
        _service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
        _client = Own(new FailedClient(_service.Address, null));
        new PoisonousMake(DataDirectory, Make).Poison();
        for (var i = 1; i <= failures; i++)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await _service.Cars.PostCarsAsync([ClientCar.Of(Guid.NewGuid()) with { NormalizedMake = Make }], Token)).Status);
            await new FailuresApi(_service.Cars).WaitForAsync(i, Token);
        }
    }

    private static async Task<int> ZeroAsync(Task work)
    {
        await work;
        return 0;
    }
}
