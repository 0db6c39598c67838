using BusIngest.Bench.Harness;
using BusIngest.Support;
using BusIngest.Support.Browsers;

namespace BusIngest.Bench.Benchmarks.Dashboard;

/// <summary>From the navigation to the first paint with content, by Chromium's own account, on the same cores as the program.</summary>
internal static class FirstPaints
{
    private const int Loads = 20;
    private const string Painted = "performance.getEntriesByName('first-contentful-paint')[0].startTime";
    private const string Answered = "performance.getEntriesByType('navigation')[0].responseEnd";
    private static readonly Uri Blank = new("about:blank");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Loads a page over and over: the first time without anything of it in the browser's cache.</summary>
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Uri page)
    {
        await using var chromium = await Chromium.StartAsync(CancellationToken.None);
        await chromium.Tab.LookAsync(1_280, 800, isPhone: false, isDark: false);
        var loads = new List<Load>();
        while (loads.Count < Loads)
            loads.Add(await LoadAsync(chromium.Tab, page));

        Load[] later = [.. loads.Skip(1)];
        return
        [
            new("first paint p50 ms", Median(later.Select(load => load.Painted))),
            new("first paint max ms", later.Max(load => load.Painted)),
            new("first paint ms, empty cache", loads[0].Painted),
            new("HTML there p50 ms", Median(later.Select(load => load.Answered))),
        ];
    }

    private static async Task<Load> LoadAsync(Tab tab, Uri page)
    {
        await tab.GoAsync(Blank);
        await tab.GoAsync(page);
        // What has no paint yet throws, and is looked at again.
        var times = await Eventually.BecomesAsync(
            $"{page} is painted",
            _ => tab.EvaluateAsync($"location.href === '{page}' ? {Painted} + ' ' + {Answered} : ''"),
            static times => times.Length > 0,
            Deadline,
            CancellationToken.None);
        return new Load(double.Parse(times.Split(' ')[0]), double.Parse(times.Split(' ')[1]));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>One load, in milliseconds since the navigation began.</summary>
    private readonly record struct Load(double Painted, double Answered);
}
