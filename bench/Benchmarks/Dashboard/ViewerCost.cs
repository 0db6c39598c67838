using BusIngest.Bench.Harness;

namespace BusIngest.Bench.Benchmarks.Dashboard;

/// <summary>What viewers of a live channel cost: the processor time with them, less that of the windows before and after without.</summary>
internal static class ViewerCost
{
    /// <summary>How many look at once.</summary>
    public const int Many = 50;

    private const int Rounds = 3;

    /// <summary>Measures windows without viewers, with one, without, and with many, by turns.</summary>
    /// <param name="service">What sends.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="window">How long each window takes.</param>
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(ServiceProcess service, Uri channel, TimeSpan window)
    {
        List<double> alone = [await CpuAsync(service, window)], ofOne = [], ofMany = [];
        var (views, bytes) = (0L, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            ofOne.Add(await WithAsync(1));
            alone.Add(await CpuAsync(service, window));
            ofMany.Add(await WithAsync(Many));
            alone.Add(await CpuAsync(service, window));
        }

        // A window with viewers stands between two without: of one 0 and 1, of many 1 and 2, and so on.
        var one = Median(ofOne.Select((cpu, round) => cpu - ((alone[2 * round] + alone[(2 * round) + 1]) / 2)));
        var many = Median(ofMany.Select((cpu, round) => cpu - ((alone[(2 * round) + 1] + alone[(2 * round) + 2]) / 2)));
        return
        [
            new($"CPU % of a core a viewer, of {Many}", many / Many),
            new("CPU % of the first viewer", one),
            new($"CPU % of {Many} viewers", many),
            new("CPU % without viewers", Median(alone)),
            new("views a second each", views / (Rounds * Many * window.TotalSeconds)),
            new("kB a view", bytes / 1e3 / Math.Max(1, views)),
        ];

        async Task<double> WithAsync(int viewers)
        {
            await using var watching = await Viewers.OpenAsync(channel, viewers);
            var (viewsBefore, bytesBefore) = (watching.Views, watching.Bytes);
            var cpu = await CpuAsync(service, window);
            if (viewers == Many)
                (views, bytes) = (views + watching.Views - viewsBefore, bytes + watching.Bytes - bytesBefore);
            return cpu;
        }
    }

    private static async Task<double> CpuAsync(ServiceProcess service, TimeSpan window)
    {
        var before = service.Usage();
        await Task.Delay(window, TimeProvider.System, CancellationToken.None);
        return service.Usage().CpuPercentSince(before);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
