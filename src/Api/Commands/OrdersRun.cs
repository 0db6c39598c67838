using System.Runtime.CompilerServices;
using BusIngest.Api.Orders;
using BusIngest.Contracts.Orders;

namespace BusIngest.Api.Commands;

/// <summary>`orders run`: starts a run and follows it to its end.</summary>
internal static class OrdersRun
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs it.</summary>
    /// <param name="client">Whom to ask.</param>
    /// <param name="quantity">How many orders.</param>
    /// <param name="progress">Shows how it goes.</param>
    /// <param name="console">Where the summary goes.</param>
    /// <param name="cancellationToken">Ends the following.</param>
    /// <returns>What the process exits with: 0 when every order is settled.</returns>
    public static Task<int> RunAsync(
        OrdersClient client, int quantity, IOrdersProgress progress, CommandConsole console, CancellationToken cancellationToken) => console.RunAsync(async () =>
    {
        RunStarted? run = null;
        try
        {
            run = await client.StartAsync(quantity, cancellationToken);
            await console.SayAsync($"Run {run.RunId}");
            var last = await progress.ShowAsync(FollowAsync(client, run.RunId, cancellationToken));
            if (!console.IsJson)
                OrdersSummary.Write(last, console.Text);
            return last.Phase is OrderPhases.Done ? 0 : throw new CommandException($"Run {run.RunId} ended as {last.Phase}.");
        }
        catch (OperationCanceledException exception)
        {
            // Ctrl-C.
            throw new CommandException(
                run is null ? "Interrupted: whether the run began is not known." : $"Interrupted: run {run.RunId} goes on; GET /pedidos shows it.", exception);
        }
    });

    private static async IAsyncEnumerable<OrdersStatus> FollowAsync(
        OrdersClient client, Guid runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = await client.ReadAsync(cancellationToken);
            if (status.LastRunId != runId)
                throw new CommandException($"Run {runId} was wiped.");
            yield return status;
            if (!OrderPhases.IsActive(status.Phase))
                yield break;
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }
}
