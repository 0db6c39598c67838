using BusIngest.Bus.Outbox;

namespace BusIngest.Api.Commands.Inbox;

/// <summary>`inbox replay`.</summary>
internal static class InboxReplay
{
    private const string OwnLane = "in-process";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(2);

    /// <summary>Closes the breaker, and waits until what was parked by then is sent.</summary>
    /// <param name="client">Whom to ask.</param>
    /// <param name="patience">How long it waits.</param>
    /// <param name="console">Where it writes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the waiting, not the sending.</param>
    /// <returns>What the process exits with: 0 when it is sent.</returns>
    /// <exception cref="CommandException">The service can't be reached, or refuses.</exception>
    public static async Task<int> RunAsync(OutboxClient client, TimeSpan patience, CommandConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var status = await client.ReadAsync(cancellationToken);
        // Where the inbox is the lane itself there is no breaker, and nothing to close.
        if (!string.Equals(status.Lane, OwnLane, StringComparison.Ordinal))
            status = await client.CloseAsync(cancellationToken);
        var (age, said) = (TimeSpan.Zero, -LineEvery);
        while (!IsSent(status, age))
        {
            if (age >= patience)
                throw new CommandException($"{status.Parked} records are still parked after {patience.TotalSeconds:0} s; the breaker is {status.Circuit}, the lane {status.Lane}");
            if (age - said >= LineEvery)
            {
                said = age;
                await ShowAsync(status, console);
            }

            await Task.Delay(LookEvery, time, cancellationToken);
            age = time.GetElapsedTime(begun);
            status = await client.ReadAsync(cancellationToken);
        }

        await ShowAsync(status, console);
        await console.SayAsync("What was parked is sent.");
        return 0;
    }

    /// <summary>What is accepted meanwhile may be parked as well, and is not waited for.</summary>
    private static bool IsSent(OutboxStatus status, TimeSpan age) => status.Parked == 0 || status.OldestParkedMs < (long)age.TotalMilliseconds;

    private static async Task ShowAsync(OutboxStatus status, CommandConsole console)
    {
        await console.WriteAsync(status, CommandJson.Default.OutboxStatus);
        await console.SayAsync($"{status.Mode}, breaker {status.Circuit}, {status.Parked:N0} records parked");
    }
}
