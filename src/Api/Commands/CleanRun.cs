namespace BusIngest.Api.Commands;

/// <summary>`clean`: says what it will delete, asks, and deletes.</summary>
internal static class CleanRun
{
    private const string Agreed = "yes";

    /// <summary>Runs on the console.</summary>
    /// <returns>What the process exits with: 0 when all is deleted or nobody agreed.</returns>
    public static async Task<int> RunAsync(CleanOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var targets = CleanTargets.Of(options);
            await RunAsync(targets.All, options.Yes, Console.In, Console.Out, cancellationToken);
            return 0;
        }
        catch (CommandException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return CommandException.ExitCode;
        }
        catch (Configuration.SettingsException exception)
        {
            return exception.Report(Console.Error);
        }
    }

    /// <summary>Runs on targets, which are all looked at before the first is cleaned.</summary>
    /// <exception cref="CommandException">One can't be reached or was left, or nobody is there to ask.</exception>
    public static async Task RunAsync(
        IReadOnlyList<ICleanTarget> targets, bool yes, TextReader answers, TextWriter output, CancellationToken cancellationToken)
    {
        var stocks = new List<(ICleanTarget Target, CleanStock Stock)>();
        foreach (var target in targets)
            stocks.Add((target, await target.CountAsync(cancellationToken)));

        await output.WriteLineAsync("This deletes:");
        foreach (var (target, stock) in stocks)
            await ShowAsync(output, target, stock);
        if (!yes && !await AskAsync(answers, output, cancellationToken))
        {
            await output.WriteLineAsync("Nothing was deleted.");
            return;
        }

        var left = stocks.Where(pair => pair.Stock.Left is not null).ToList();
        foreach (var (target, _) in stocks.Except(left))
            await target.CleanAsync(cancellationToken);
        await output.WriteLineAsync("Deleted.");
        if (left.Count == stocks.Count)
            throw new CommandException("Nothing was deleted: processes that run have all of it");
    }

    private static async Task ShowAsync(TextWriter output, ICleanTarget target, CleanStock stock)
    {
        await output.WriteLineAsync($"  {target.Name}");
        if (stock.Left is not null)
            await output.WriteLineAsync($"    left as it is: {stock.Left}");
        else if (stock.Total == 0)
            await output.WriteLineAsync("    nothing");
        foreach (var item in stock.Items.Where(item => item.Count > 0))
            await output.WriteLineAsync($"    {item.Name,-24} {item.Count,14:N0} {item.Unit}");
    }

    private static async Task<bool> AskAsync(TextReader answers, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteAsync($"There is no way back. Type {Agreed} to go on: ");
        await output.FlushAsync(cancellationToken);
        var answer = await answers.ReadLineAsync(cancellationToken)
            ?? throw new CommandException("Nobody is there to ask: give --yes");
        return string.Equals(answer.Trim(), Agreed, StringComparison.OrdinalIgnoreCase);
    }
}
