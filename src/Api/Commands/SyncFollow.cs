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
    public static async Task<int> RunAsync(PullOptions options, CancellationToken cancellationToken)
    {
        using var client = new SyncClient(options);
        try
        {
            var runId = await client.BeginAsync(cancellationToken);
            var run = Console.IsOutputRedirected
                ? await PrintAsync(client, runId, Console.Out, TimeProvider.System, cancellationToken)
                : await DrawAsync(client, runId, cancellationToken);
            await Console.Out.WriteLineAsync(SyncText.Summary(run));
            return string.Equals(run.State, RunStates.Completed, StringComparison.Ordinal) ? 0 : CommandException.ExitCode;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C: the service goes on.
            return 0;
        }
        catch (CommandException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return CommandException.ExitCode;
        }
    }

    private static async Task<RunView> PrintAsync(
        SyncClient client, Guid runId, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            var run = await client.ReadAsync(runId, cancellationToken);
            if (run.IsOver)
                return run;
            await output.WriteLineAsync(SyncText.Line(run));
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
