using BusIngest.Api.Sync;
using Spectre.Console;

namespace BusIngest.Api.Commands;

/// <summary>`sync run`: begins a run and follows it, with a bar on a terminal, and with lines elsewhere.</summary>
internal static class SyncFollow
{
    private static readonly TimeSpan BarEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(2);

    /// <summary>Begins a run and follows it.</summary>
    /// <returns>What the process exits with: 0 when it is Completed.</returns>
    public static Task<int> RunAsync(PullOptions options, CommandConsole console, CancellationToken cancellationToken) => console.RunAsync(async () =>
    {
        using var client = new SyncClient(options);
        Guid? runId = null;
        try
        {
            runId = await client.BeginAsync(cancellationToken);
            var run = console.IsTerminal
                ? await DrawAsync(client, runId.Value, cancellationToken)
                : await PrintAsync(client, runId.Value, console, TimeProvider.System, cancellationToken);
            await console.WriteAsync(run, SyncApiJson.Default.RunView);
            await console.SayAsync(SyncText.Summary(run));
            return string.Equals(run.State, RunStates.Completed, StringComparison.Ordinal) ? 0 : throw new CommandException(SyncText.End(run));
        }
        catch (OperationCanceledException exception)
        {
            // Ctrl-C: the service goes on.
            throw new CommandException(
                runId is null ? "Interrupted: whether the run began is not known." : $"Interrupted: run {runId} goes on; GET /sync/runs/{runId} shows it.", exception);
        }
    });

    private static async Task<RunView> PrintAsync(
        SyncClient client, Guid runId, CommandConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            var run = await client.ReadAsync(runId, cancellationToken);
            if (run.IsOver)
                return run;
            await console.WriteAsync(run, SyncApiJson.Default.RunView);
            await console.SayAsync(SyncText.Line(run));
            await Task.Delay(LineEvery, time, cancellationToken);
        }
    }

    private static Task<RunView> DrawAsync(SyncClient client, Guid runId, CancellationToken cancellationToken) => AnsiConsole.Progress()
        .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .StartAsync(async progress =>
        {
            var bar = progress.AddTask("…", maxValue: 100);
            while (true)
            {
                var run = await client.ReadAsync(runId, cancellationToken);
                bar.Value = run.Percent ?? 0;
                bar.Description = Markup.Escape(SyncText.Line(run));
                if (run.IsOver)
                    return run;
                await Task.Delay(BarEvery, TimeProvider.System, cancellationToken);
            }
        });
}
