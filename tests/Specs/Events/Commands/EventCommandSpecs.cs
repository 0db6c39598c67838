using System.Text.Json;
using BusIngest.Api.Commands;
using BusIngest.Api.Commands.Events;
using BusIngest.Api.Limits;
using BusIngest.Specs.Commands;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Events.Commands;

/// <summary>The commands `seed-events` and `load-events`.</summary>
public sealed class EventCommandSpecs : Spec
{
    private static readonly SampleOptions Samples = new() { Seed = 3, Accounts = 20, Users = 30, Until = FakeClock.Start };

    [Fact]
    public async Task Should_seed_events_that_are_then_in_the_summaries_and_add_nothing_the_second_time()
    {
        var settings = RunningService.SettingsIn(Folder);
        for (var time = 0; time < 2; time++)
        {
            await using var text = new StringWriter();
            Assert.Equal(0, await SeedEventsRun.RunAsync(settings, 12_345, Samples, new CommandConsole(TextReader.Null, text, TextWriter.Null, IsJson: false), Token));
            Assert.Contains("12,345 events of 20 accounts stored in", text.ToString(), StringComparison.Ordinal);
        }

        var service = Own(await RunningService.StartAsync(settings));
        var (samples, writer) = (new EventSamples(Samples), new SampleWriter(Samples.AccountPrefix));
        var expected = Enumerable.Range(0, Samples.Accounts).Select(_ => new ExpectedSummary()).ToArray();
        for (var number = 0; number < 12_345; number++)
            expected[samples[number].Account].Add(samples[number]);
        for (var account = 0; account < expected.Length; account++)
            Assert.Equal(expected[account].Sum, await CountAsync(service, writer.Account(account)));
    }

    [Fact]
    public async Task Should_load_a_service_and_find_that_every_event_counts_once()
    {
        var service = await StartAsync(new LimitOptions { RequestsPerMinute = 0 });

        var (code, text, errors) = await LoadAsync(Options(service) with { Events = 5_000, Duplicates = 0.3 });

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("5,000 of them different", text, StringComparison.Ordinal);
        Assert.Contains("Every accepted event counts once", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_write_lines_of_json_for_programs()
    {
        using var seeded = new CommandRecorder(isJson: true);
        var settings = RunningService.SettingsIn(Folder) with { Limits = new LimitOptions { RequestsPerMinute = 0 } };
        Assert.Equal(0, await SeedEventsRun.RunAsync(settings, 500, Samples, seeded.Console, Token));
        var service = Own(await RunningService.StartAsync(settings));
        using var loaded = new CommandRecorder(isJson: true);
        Assert.Equal(0, await LoadEventsRun.RunAsync(
            Options(service) with { Events = 300 }, Samples with { Seed = 4, AccountPrefix = "load-" }, loaded.Console, TimeProvider.System, Token));

        Assert.Equal((500, true), (seeded.Lines()[^1].GetProperty("stored").GetInt32(), seeded.Lines()[^1].GetProperty("isDone").GetBoolean()));
        var result = Assert.Single(loaded.Lines());
        Assert.Equal((300, 0), (result.GetProperty("accepted").GetInt32(), result.GetProperty("differences").GetArrayLength()));
    }

    [Fact]
    public async Task Should_keep_the_pace_that_it_is_given()
    {
        var service = await StartAsync(new LimitOptions { RequestsPerMinute = 0 });
        var begun = TimeProvider.System.GetTimestamp();

        var (code, _, _) = await LoadAsync(Options(service) with { Events = 600, Rate = 300, Duplicates = 0 });

        Assert.Equal(0, code);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 1.9, 20);
    }

    [Fact]
    public async Task Should_say_what_is_missing()
    {
        var service = await StartAsync(new LimitOptions { RequestsPerMinute = 0 });
        var tally = new LoadTally(10);
        var options = Options(service) with { Events = 10 };
        using var client = new LoadClient(options, tally, TimeProvider.System);
        var samples = new EventSamples(Samples);
        // As if they had been accepted.
        tally.Accept([.. Enumerable.Range(0, 10)], TimeSpan.Zero);
        var checks = new LoadChecks(client, samples, new SampleWriter("nobody-"), tally, TimeProvider.System) { Patience = TimeSpan.FromMilliseconds(300) };
        var (accepted, unknown) = checks.Count(10, Samples.Accounts);

        var differences = await checks.CompareAsync(accepted, unknown, Token);

        Assert.NotEmpty(differences);
        Assert.All(differences, difference => Assert.Contains("0 are counted", difference, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_say_in_one_line_that_nobody_answers()
    {
        await using var errors = new StringWriter();
        var options = new LoadOptions(new Uri("http://127.0.0.1:1"), null, 10, 0, 1, 10, 0) { Patience = TimeSpan.Zero };

        var code = await LoadEventsRun.RunAsync(options, Samples, new CommandConsole(TextReader.Null, TextWriter.Null, errors, IsJson: false), TimeProvider.System, Token);

        Assert.Equal(CommandException.ExitCode, code);
        Assert.NotEmpty(errors.ToString());
    }

    private async Task<RunningService> StartAsync(LimitOptions limits) => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with { Limits = limits }));

    private static LoadOptions Options(RunningService service) => new(service.Address, null, 1_000, 0, 8, 10, 0.05);

    private static async Task<(int Code, string Text, string Errors)> LoadAsync(LoadOptions options)
    {
        await using var text = new StringWriter();
        await using var errors = new StringWriter();
        var code = await LoadEventsRun.RunAsync(
            options, Samples with { AccountPrefix = "load-" }, new CommandConsole(TextReader.Null, text, errors, IsJson: false), TimeProvider.System, Token);
        return (code, text.ToString(), errors.ToString());
    }

    private static async Task<long> CountAsync(RunningService service, string account)
    {
        var text = await service.Http.GetStringAsync($"accounts/{account}/summary?from=2020-01-01T00:00:00Z&to=2030-01-01T00:00:00Z", Token);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("totals").EnumerateObject().Sum(total => total.Value.GetInt64());
    }
}
