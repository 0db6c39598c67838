using System.Text.Json;
using BusIngest.Api.Commands;
using BusIngest.Api.Commands.Events;
using BusIngest.Specs.Commands;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Events.Commands;

/// <summary>The command `seed-events`.</summary>
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
    public async Task Should_write_lines_of_json_for_programs()
    {
        using var seeded = new CommandRecorder(isJson: true);

        Assert.Equal(0, await SeedEventsRun.RunAsync(RunningService.SettingsIn(Folder), 500, Samples, seeded.Console, Token));

        Assert.Equal((500, true), (seeded.Lines()[^1].GetProperty("stored").GetInt32(), seeded.Lines()[^1].GetProperty("isDone").GetBoolean()));
    }

    private static async Task<long> CountAsync(RunningService service, string account)
    {
        var text = await service.Http.GetStringAsync($"accounts/{account}/summary?from=2020-01-01T00:00:00Z&to=2030-01-01T00:00:00Z", Token);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("totals").EnumerateObject().Sum(total => total.Value.GetInt64());
    }
}
