using BusIngest.Specs.Processes;
using BusIngest.Support;

namespace BusIngest.Specs.OpenApi;

/// <summary>The OpenAPI document is good enough for a client to be made of it, which posts and reads without a line by hand.</summary>
public sealed class GeneratedClientSpecs : Spec
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Should_post_and_read_cars_events_summaries_and_timers()
    {
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
        var client = await GeneratedClient.GenerateAsync((await ApiDescription.ReadAsync(service)).GetRawText());
        var journey = GeneratedClient.Compile(client, await JourneyAsync()).GetType($"{GeneratedClient.Namespace}.ClientJourney", throwOnError: true)!;
        var take = journey.GetMethod("TakeAsync")!
            .CreateDelegate<Func<HttpClient, string, Func<string, Func<Task<bool>>, Task>, CancellationToken, Task<IReadOnlyDictionary<string, string>>>>();

        var seen = await take(service.Http, service.Address.AbsoluteUri, (what, probe) => Eventually.HoldsAsync(what, _ => probe(), Deadline, Token), Token);

        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["car"] = "accepted",
                ["the same key"] = "the first answer",
                ["price"] = "9000.5",
                ["listed"] = "900",
                ["events"] = "3",
                ["busiest"] = "user-0 2",
                ["timer"] = "Scheduled",
                ["refused"] = "400 webhookUrl",
            },
            seen);
    }

    private static async Task<string> JourneyAsync()
    {
        await using var stream = typeof(GeneratedClientSpecs).Assembly.GetManifestResourceStream("ClientJourney")!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Token);
    }
}
