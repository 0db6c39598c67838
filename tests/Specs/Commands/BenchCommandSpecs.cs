using System.Text.Json;
using BusIngest.Api.Commands;
using BusIngest.Api.Commands.Bench;
using BusIngest.Api.Commands.Events;
using BusIngest.Api.Configuration;
using BusIngest.Api.Limits;
using BusIngest.Specs.Processes;
using BusIngest.Support.Storage;

namespace BusIngest.Specs.Commands;

/// <summary>The command `bench` against a service that runs.</summary>
public sealed class BenchCommandSpecs : Spec
{
    private const string Run = "bench-of-a-spec";

    private static readonly SampleOptions Samples = new() { Seed = 3, Accounts = 20, Users = 30, Until = FakeClock.Start, AccountPrefix = $"{Run}-" };

    [Theory]
    [InlineData("cars", "202")]
    [InlineData("events", "202")]
    [InlineData("timers", "201")]
    public async Task Should_find_everything_stored_that_was_acknowledged(string records, string status)
    {
        var service = await StartAsync(settings => settings);
        using var program = new CommandRecorder(isJson: true);

        var code = await BenchRun.RunAsync(Options(service), client => Workload(records, client), program.Console, TimeProvider.System, Token);

        Assert.Equal((0, ""), (code, program.Errors));
        var result = Assert.Single(program.Lines());
        var (requests, acknowledged) = (Number(result, "requests"), Number(result, "acknowledged"));
        Assert.Equal(records, result.GetProperty("records").GetString());
        Assert.InRange(requests, 1, int.MaxValue);
        Assert.InRange(acknowledged, requests, requests * 10);
        Assert.Equal((acknowledged, 0, 0), (Number(result, "stored"), Number(result, "unknown"), result.GetProperty("differences").GetArrayLength()));
        Assert.Equal(requests, Number(result.GetProperty("answers"), status));
        Assert.InRange(result.GetProperty("requestsPerSec").GetDouble(), 0.01, double.MaxValue);
        Assert.InRange(result.GetProperty("p99Ms").GetDouble(), result.GetProperty("p50Ms").GetDouble(), result.GetProperty("maxMs").GetDouble());
    }

    [Fact]
    public async Task Should_tell_people_the_same_in_lines()
    {
        var service = await StartAsync(settings => settings);
        using var people = new CommandRecorder();

        Assert.Equal(0, await BenchRun.RunAsync(Options(service), Cars, people.Console, TimeProvider.System, Token));

        Assert.All(
            ["IN_PROCESS, breaker CLOSED", "requests/s", "cars/s", "p50", "p99", "max", "202 × ", "acknowledged", "All cars that were acknowledged are stored, once."],
            text => Assert.Contains(text, people.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_not_mind_others_cars()
    {
        var service = await StartAsync(settings => settings with { Seeder = new() { Enabled = true, IntervalMs = 1 } });
        using var program = new CommandRecorder(isJson: true);

        Assert.Equal(0, await BenchRun.RunAsync(Options(service), Cars, program.Console, TimeProvider.System, Token));

        var result = Assert.Single(program.Lines());
        Assert.Equal(Number(result, "acknowledged"), Number(result, "stored"));
        Assert.True((await service.Cars.StatsAsync(Token)).Stored > Number(result, "stored"));
    }

    [Fact]
    public async Task Should_say_what_is_acknowledged_and_not_stored()
    {
        var service = await StartAsync(settings => settings);
        new PoisonousMake(RunningService.SettingsIn(Folder).DataDir, Run).Poison();
        using var people = new CommandRecorder();
        var options = Options(service) with { Patience = TimeSpan.FromMilliseconds(200), Rate = 100 };

        var code = await BenchRun.RunAsync(options, Cars, people.Console, TimeProvider.System, Token);

        Assert.Equal(CommandException.ExitCode, code);
        Assert.Contains($"cars of the make {Run}: ", people.Errors, StringComparison.Ordinal);
        Assert.Contains("were acknowledged, 0 are stored; GET /messages/failed may tell why", people.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("stored, once", people.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_which_account_lacks_events()
    {
        var service = await StartAsync(settings => settings);
        using var client = new BenchClient(Options(service), TimeProvider.System);
        var (samples, accepted) = (new EventSamples(Samples), Enumerable.Range(0, Samples.Accounts).Select(_ => new ExpectedSummary()).ToArray());
        // As if it had been accepted.
        accepted[samples[0].Account].Add(samples[0]);
        var ledger = new EventLedger(client, new SampleWriter("nobody-"), samples.Bounds, new BenchDrain(TimeSpan.FromMilliseconds(200), TimeProvider.System));

        var found = await ledger.CompareAsync(accepted, new long[Samples.Accounts], Token);

        Assert.Equal((1, 0), (found.Acknowledged, found.Stored));
        Assert.Contains("1 were acknowledged, 0 are stored", Assert.Single(found.Differences), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_count_what_a_limit_refuses()
    {
        var service = await StartAsync(settings => settings with { Limits = new LimitOptions { RequestsPerMinute = 30 } });
        using var program = new CommandRecorder(isJson: true);

        // Of one account, so that its summary is asked for within the limit too.
        var code = await BenchRun.RunAsync(
            Options(service) with { Duration = TimeSpan.FromSeconds(2) },
            client => new EventBench(client, Samples with { Accounts = 1 }, 0),
            program.Console,
            TimeProvider.System,
            Token);

        var result = Assert.Single(program.Lines());
        Assert.Equal((0, 30, 300), (code, Number(result, "requests"), Number(result, "stored")));
        Assert.InRange(Number(result.GetProperty("answers"), "429"), 1, 4);
    }

    [Fact]
    public async Task Should_keep_the_pace_that_it_is_given()
    {
        var service = await StartAsync(settings => settings);
        using var program = new CommandRecorder(isJson: true);

        Assert.Equal(0, await BenchRun.RunAsync(Options(service) with { Rate = 50 }, Cars, program.Console, TimeProvider.System, Token));

        // Ten a request, so the turns of a second are at 0, 0.2, … 0.8 s.
        Assert.InRange(Number(Assert.Single(program.Lines()), "acknowledged"), 10, 50);
    }

    [Fact]
    public async Task Should_cancel_its_timers_unless_it_is_to_keep_them()
    {
        var service = await StartAsync(settings => settings);
        using var first = new CommandRecorder();
        using var second = new CommandRecorder();
        var options = Options(service) with { Rate = 20 };

        Assert.Equal(0, await BenchRun.RunAsync(options, client => Timers(client, keeps: false), first.Console, TimeProvider.System, Token));
        Assert.Equal(0, await CountAsync(service, "Scheduled"));
        var cancelled = await CountAsync(service, "Cancelled");
        Assert.Equal(0, await BenchRun.RunAsync(options, client => Timers(client, keeps: true, $"{Run}-2"), second.Console, TimeProvider.System, Token));

        Assert.InRange(cancelled, 1, 20);
        Assert.InRange(await CountAsync(service, "Scheduled"), 1, 20);
        Assert.Equal(cancelled, await CountAsync(service, "Cancelled"));
    }

    [Fact]
    public async Task Should_stop_at_what_would_be_refused_for_ever()
    {
        var service = await StartAsync(settings => settings with { ApiKeys = [new ApiKey("reader", "a-key-that-may-read", AccessScopes.Read)] });
        using var reader = new CommandRecorder();
        using var stranger = new CommandRecorder();

        var codes = new[]
        {
            await BenchRun.RunAsync(Options(service) with { ApiKey = "a-key-that-may-read" }, Cars, reader.Console, TimeProvider.System, Token),
            await BenchRun.RunAsync(Options(service), Cars, stranger.Console, TimeProvider.System, Token),
        };

        Assert.Equal([CommandException.ExitCode, CommandException.ExitCode], codes);
        Assert.Contains("POST /cars: 403", Assert.Single(reader.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("--api-key", Assert.Single(stranger.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_be_a_command_of_the_program()
    {
        var service = await StartAsync(settings => settings);

        Assert.Equal(0, await ProgramCommands.RunAsync(["bench", "cars", $"--url={service.Address}", "--seconds=1", "--connections=2", "--batch=5", "--json"]));
        Assert.Equal(0, await ProgramCommands.RunAsync(["bench", "events", $"--url={service.Address}", "--seconds=1", "--rate=100", "--duplicates=0.3"]));
        Assert.Equal(0, await ProgramCommands.RunAsync(["bench", "timers", $"--url={service.Address}", "--seconds=1", "--rate=10", "--connections=2"]));
    }

    private Task<RunningService> StartAsync(Func<Settings, Settings> change) => StartAsync(change(RunningService.SettingsIn(Folder) with
    {
        Limits = new LimitOptions { RequestsPerMinute = 0 },
    }));

    private async Task<RunningService> StartAsync(Settings settings) => Own(await RunningService.StartAsync(settings));

    private static BenchOptions Options(RunningService service) => new(service.Address, null, 4, TimeSpan.FromSeconds(1), 10);

    private static IBenchWorkload Workload(string records, BenchClient client) => records switch
    {
        "cars" => Cars(client),
        "events" => new EventBench(client, Samples, 0.3),
        _ => Timers(client, keeps: false),
    };

    private static CarBench Cars(BenchClient client) => new(client, Run, TimeProvider.System);

    private static TimerBench Timers(BenchClient client, bool keeps, string run = Run) => new(client, run, 4, keeps, TimeProvider.System);

    private static async Task<int> CountAsync(RunningService service, string status) =>
        (await service.Cars.GetAsync($"api/v1/timers?status={status}&limit=1000", Token)).GetProperty("timers").GetArrayLength();

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
