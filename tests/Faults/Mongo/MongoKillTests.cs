using BusIngest.Faults.Orders;
using BusIngest.Support;
using BusIngest.Support.Mongo;
using BusIngest.Support.Programs;
using BusIngest.Support.Timers;

namespace BusIngest.Faults.Mongo;

/// <summary>kill -9 while documents are copied, and MongoDB gone in the middle: in the end every copy is as the database has it.</summary>
public sealed class MongoKillTests : OrderFaultTest
{
    private const int Orders = 60_000;
    private static readonly TimeSpan CopyDeadline = TimeSpan.FromMinutes(2);

    private readonly MongoScratch _mongo = MongoScratch.Start();
    private readonly TimerLedger _ledger = new();

    [Fact]
    public async Task Should_have_every_document_as_the_database_has_it_when_killed_while_copying()
    {
        var installation = Install();
        await StartAsync(installation);
        for (var round = 1; round <= Rounds.Full; round++)
        {
            var runId = await Api(installation).GenerateAsync(Orders, Token);
            await SetTimersAsync(installation, 20);
            await RandomMomentAsync($"Round {round}: kill while copying", 200, 3_000);
            await KillAsync(installation);
            await StartAsync(installation);
            await RandomMomentAsync($"Round {round}: MongoDB goes", 0, 1_000);
            if (_mongo.Fake is { } fake)
                await fake.StopAsync();
            await Eventually.HoldsAsync("The run is over", async token => !(await Api(installation).StatusAsync(token)).IsUnderWay, CopyDeadline, Token);
            Log($"Round {round}: run {runId} is over, MongoDB is back");
            _mongo.Fake?.Resume();
            await RandomMomentAsync($"Round {round}: kill while catching up", 0, 1_500);
            await KillAsync(installation);
            await StartAsync(installation);
            await AreInStepAsync(installation);
        }
    }

    [Fact]
    public async Task Should_stop_at_once_with_one_line_when_the_connection_string_is_none()
    {
        var installation = Install();
        var program = await installation.LaunchAsync(("MONGO_URI", "mongodb://ann:hush@127.0.0.1:port/db"));

        var exit = await program.WaitForExitAsync(TimeSpan.FromSeconds(60), Token);

        Assert.Equal(2, exit.Code);
        var line = Assert.Single(program.Output.Tail(40).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("MONGO_URI: is not of the form", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", line, StringComparison.Ordinal);
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _mongo.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private Task<ProgramUnderTest> StartAsync(Installation installation) => installation.StartAsync(
        Token, ("MONGO_URI", _mongo.Uri), ("GENERATION_CHUNK_SIZE", "2000"), ("NORMAL_ENQUEUE_BATCH_SIZE", "2000"), ("WEBHOOKS_ALLOWED_HOSTS", "127.0.0.1"));

    private static Task KillAsync(Installation installation) => installation.Program.KillAsync();

    private async Task SetTimersAsync(Installation installation, int count)
    {
        var api = new TimersApi(installation.Api, _ledger);
        await Task.WhenAll(Enumerable.Range(0, count).Select(number =>
            api.PostAsync($"{Guid.NewGuid()}", number % 3, "http://127.0.0.1:1/", Token)));
    }

    /// <summary>Timers go on to be tried meanwhile, so that copies and database are compared until they agree.</summary>
    private async Task AreInStepAsync(Installation installation) => Assert.Equal("", await Eventually.BecomesAsync(
        "Every copy is as the database has it",
        token => StoredDocuments.DifferencesAsync(_mongo, StoredDocuments.In(installation.DataDirectory), token),
        differences => differences.Length == 0,
        CopyDeadline,
        Token));
}
