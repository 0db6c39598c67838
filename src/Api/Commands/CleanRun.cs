namespace BusIngest.Api.Commands;

/// <summary>`clean`: says what it will delete, asks, and deletes.</summary>
internal static class CleanRun
{
    /// <summary>Runs on the places that the settings name.</summary>
    /// <returns>What the process exits with: 0 when all is deleted or nobody agreed.</returns>
    public static Task<int> RunAsync(CleanOptions options, CommandConsole console, CancellationToken cancellationToken) => console.RunAsync(async () =>
    {
        await using var targets = CleanTargets.Of(options);
        await RunAsync(targets.All, options.Yes, console, cancellationToken);
        return 0;
    });

    /// <summary>Runs on targets, which are all looked at before the first is cleaned.</summary>
    /// <exception cref="CommandException">One can't be reached or was left, or nobody is there to ask.</exception>
    public static async Task RunAsync(IReadOnlyList<ICleanTarget> targets, bool yes, CommandConsole console, CancellationToken cancellationToken)
    {
        var stocks = new List<(ICleanTarget Target, CleanStock Stock)>();
        foreach (var target in targets)
            stocks.Add((target, await target.CountAsync(cancellationToken)));

        await console.SayAsync("This deletes:");
        foreach (var (target, stock) in stocks)
            await ShowAsync(console, target, stock);
        if (!yes && !await console.AskAsync(cancellationToken))
        {
            await console.SayAsync("Nothing was deleted.");
            return;
        }

        var left = stocks.Where(pair => pair.Stock.Left is not null).ToList();
        foreach (var (target, _) in stocks.Except(left))
            await target.CleanAsync(cancellationToken);
        foreach (var line in stocks.SelectMany(pair => Lines(pair.Target, pair.Stock)))
            await console.WriteAsync(line, CommandJson.Default.CleanLine);
        await console.SayAsync("Deleted.");
        if (left.Count == stocks.Count)
            throw new CommandException("Nothing was deleted: processes that run have all of it");
    }

    private static IEnumerable<CleanLine> Lines(ICleanTarget target, CleanStock stock) => stock.Left is not null
        ? [new CleanLine(target.Name, Name: null, Count: 0, Unit: null, stock.Left)]
        : stock.Items.Where(item => item.Count > 0).Select(item => new CleanLine(target.Name, item.Name, item.Count, item.Unit, Left: null));

    private static async Task ShowAsync(CommandConsole console, ICleanTarget target, CleanStock stock)
    {
        await console.SayAsync($"  {target.Name}");
        if (stock.Left is not null)
            await console.SayAsync($"    left as it is: {stock.Left}");
        else if (stock.Total == 0)
            await console.SayAsync("    nothing");
        foreach (var item in stock.Items.Where(item => item.Count > 0))
            await console.SayAsync($"    {item.Name,-24} {item.Count,14:N0} {item.Unit}");
    }
}
