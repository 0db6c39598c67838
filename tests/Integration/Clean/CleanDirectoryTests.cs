using System.Text.Json;
using BusIngest.Api;
using BusIngest.Api.Commands;
using BusIngest.Api.Configuration;
using BusIngest.Bus;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Programs;

namespace BusIngest.Integration.Clean;

/// <summary>`clean` on the files of a process, and how it asks.</summary>
public sealed class CleanDirectoryTests : IAsyncDisposable
{
    private readonly Installation _installation = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_know_the_programs_tables()
    {
        using var folder = new TemporaryDirectory();
        await using var program = Service.Build(SettingsLoader.Load(["--PORT", "0", "--DATA_DIR", folder.Path, "--LOGS_DIR", folder.Path]));

        var tables = CleanTable.Of(new BusInventory(program.Services));

        Assert.Equal("car_ledger", tables[0].Name);
        Assert.StartsWith("UPDATE car_ledger SET ", tables[0].Statement, StringComparison.Ordinal);
        Assert.Contains(tables, table => table is { Name: "inbox", IsInbox: true, IsCounted: true });
        foreach (var name in new[] { "cars", "timer_attempts", "sagas", "saga_transitions", "scheduled_messages", "outgoing", "failed_messages" })
            Assert.Contains(new CleanTable(name, IsInbox: false, $"DELETE FROM {name}"), tables);
        foreach (var name in new[] { "car_seeder", "webhook_secret", "consumed_messages" })
            Assert.DoesNotContain(tables, table => string.Equals(table.Name, name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_leave_what_a_running_process_has_and_delete_it_once_it_is_stopped()
    {
        await StoreCarsAsync(3);

        var (code, output) = await CleanAsync("--yes");
        Assert.Equal(CommandException.ExitCode, code);
        Assert.Contains("left as it is", output, StringComparison.Ordinal);
        Assert.Equal(3, _installation.StoredCars.Count());

        await _installation.Program.TerminateAsync(TimeSpan.FromSeconds(15), Token);
        (code, output) = await CleanAsync("--yes");
        Assert.Equal(0, code);
        Assert.Matches(@"cars +3 rows", output);
        Assert.Equal(0, _installation.StoredCars.Count());

        await StoreCarsAsync(2);
        Assert.True(await _installation.Api.StatsAsync(Token) is { Generated: 2, Stored: 2, Lost: 0, Duplicates: 0, AddsUp: true });
    }

    [Theory]
    [InlineData("yes", 0)]
    [InlineData("no", 1)]
    [InlineData("", 1)]
    public async Task Should_ask_before_it_deletes(string answer, int left)
    {
        var target = new OneThing();
        using var output = new StringWriter();

        await CleanRun.RunAsync([target], yes: false, new CommandConsole(new StringReader($"{answer}\n"), output, TextWriter.Null, IsJson: false), Token);

        Assert.Equal(left, target.Count);
        Assert.Contains("1 things", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_delete_nothing_when_nobody_is_there_to_ask()
    {
        var target = new OneThing();

        await Assert.ThrowsAsync<CommandException>(() => CleanRun.RunAsync(
            [target], yes: false, new CommandConsole(TextReader.Null, TextWriter.Null, TextWriter.Null, IsJson: false), Token));

        Assert.Equal(1, target.Count);
    }

    [Fact]
    public async Task Should_tell_programs_what_it_deleted()
    {
        using var output = new StringWriter();

        await CleanRun.RunAsync([new OneThing()], yes: true, new CommandConsole(TextReader.Null, output, TextWriter.Null, IsJson: true), Token);

        var line = JsonSerializer.Deserialize<JsonElement>(output.ToString());
        Assert.Equal((1, "things"), (line.GetProperty("count").GetInt32(), line.GetProperty("unit").GetString()));
    }

    public ValueTask DisposeAsync() => _installation.DisposeAsync();

    private async Task StoreCarsAsync(int count)
    {
        await _installation.StartAsync(Token);
        var random = Seed.RandomFor(nameof(CleanDirectoryTests));
        await _installation.Api.PostCarsAsync([.. Enumerable.Range(0, count).Select(_ => ClientCar.Of(ClientCar.NewId(random)))], Token);
        await Eventually.BecomesAsync("The cars are stored", _installation.Api.StatsAsync, stats => stats.AtRest, TimeSpan.FromSeconds(30), Token);
    }

    private async Task<(int Code, string Output)> CleanAsync(params string[] arguments)
    {
        using var folder = new TemporaryDirectory();
        var settings = _installation.Settings() with
        {
            Arguments = ["clean", .. arguments],
            OutputFile = Path.Combine(folder.Path, "clean.log"),
        };
        await using var program = await ProgramUnderTest.LaunchAsync(settings);
        var exit = await program.WaitForExitAsync(TimeSpan.FromSeconds(60), Token);
        return (exit.Code, program.Output.Text());
    }

    private sealed class OneThing : ICleanTarget
    {
        public long Count { get; private set; } = 1;

        public string Name => "Somewhere";

        public Task<CleanStock> CountAsync(CancellationToken cancellationToken) => Task.FromResult(new CleanStock([new CleanItem("these", Count, "things")]));

        public Task CleanAsync(CancellationToken cancellationToken)
        {
            Count = 0;
            return Task.CompletedTask;
        }
    }
}
