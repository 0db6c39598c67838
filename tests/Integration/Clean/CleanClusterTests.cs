using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Programs;
using BusIngest.Support.Servers;
using BusIngest.Support.Storage;

namespace BusIngest.Integration.Clean;

/// <summary>`clean` beside a whole cluster at full speed.</summary>
public sealed class CleanClusterTests
{
    private const int Plenty = 5_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_delete_what_is_there_while_all_processes_go_on()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["CAR_GENERATION_INTERVAL_MS"] = "0" };
        await using var cluster = await Cluster.StartAsync(settings, [.. ClusterNames.Servers, .. ClusterNames.Programs]);
        await using var rows = new PostgresCars(cluster.DatabaseUrl);
        var api = new CarsApi(() => cluster.Url(ClusterNames.Api));
        await StoredAsync(api, Plenty);

        Assert.Equal(0, await CleanAsync(cluster));

        var left = (await api.StatsAsync(Token)).Stored;
        await StoredAsync(api, left + Plenty);
        await api.StopSeederAsync(Token);
        var stats = await Eventually.BecomesAsync(
            "Nothing is in flight", api.StatsAsync, static s => s is { AtRest: true }, Deadline, Token);
        Assert.True(stats is { Lost: 0, Duplicates: 0, AddsUp: true }, stats.ToString());
        // What is on its way may look like nothing after a clean beside processes that run: the ledger catches up with it.
        await Eventually.HoldsAsync(
            "The ledger has every row", async token => (await api.StatsAsync(token)).Stored == await rows.CountAsync(token), Deadline, Token);
    }

    private static Task<CarStats> StoredAsync(CarsApi api, long count) =>
        Eventually.BecomesAsync($"{count} cars are stored", api.StatsAsync, stats => stats.Stored >= count, Deadline, Token);

    private static async Task<int> CleanAsync(Cluster cluster)
    {
        using var folder = new TemporaryDirectory();
        File.Copy(Path.Combine(cluster.DirectoryPath, "env"), Path.Combine(folder.Path, ".env"));
        await using var program = await ProgramUnderTest.LaunchAsync(new ProgramSettings
        {
            WorkingDirectory = folder.Path,
            OutputFile = Path.Combine(folder.Path, "clean.log"),
            Arguments = ["clean", "--yes"],
        });
        var exit = await program.WaitForExitAsync(Deadline, Token);
        TestContext.Current.TestOutputHelper?.WriteLine(program.Output.Text());
        return exit.Code;
    }
}
