using System.Globalization;
using BusIngest.Api.Commands.Inbox;

namespace BusIngest.Api.Commands.Bench;

/// <summary>`bench`: sends, waits, compares, and sums up.</summary>
internal static class BenchRun
{
    /// <summary>Runs it.</summary>
    /// <param name="options">How much is sent, and where to.</param>
    /// <param name="make">Makes what is sent, given what it asks with.</param>
    /// <param name="console">Where it writes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What the process exits with: 0 when everything acknowledged is stored, once.</returns>
    public static Task<int> RunAsync(
        BenchOptions options, Func<BenchClient, IBenchWorkload> make, CommandConsole console, TimeProvider time, CancellationToken cancellationToken) =>
        console.RunAsync(async () =>
        {
            // Asked once and not patiently: that nobody is there, or a key is missing, is said at once.
            using var outbox = new OutboxClient(options.Url, options.ApiKey);
            var status = await outbox.ReadAsync(cancellationToken);
            await console.SayAsync($"Service    {options.Url}, {status.Mode}, breaker {status.Circuit}");
            using var client = new BenchClient(options, time);
            var workload = make(client);
            await workload.BeginAsync(cancellationToken);

            var tally = new BenchTally();
            var begun = time.GetTimestamp();
            var sent = await SendAsync(options, workload, client, tally, console, time, cancellationToken);
            var ledger = await CompareAsync(options, workload, tally, console, time, cancellationToken);
            var stored = time.GetElapsedTime(begun);
            var untidy = await workload.TidyAsync(cancellationToken);
            ledger = ledger with { Differences = [.. ledger.Differences, .. untidy] };
            return await BenchReport.WriteAsync(BenchResult.Of(options, workload.Records, tally, sent, ledger, stored), console);
        });

    private static async Task<TimeSpan> SendAsync(
        BenchOptions options, IBenchWorkload workload, BenchClient client, BenchTally tally, CommandConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        var sender = new BenchSender(options, workload, client, tally, time);
        var sending = sender.RunAsync(cancellationToken);
        await CommandProgress.ShowAsync(sending, () => Progress(options, workload, tally, sender.Elapsed), console, time);
        return await sending;
    }

    private static async Task<BenchLedger> CompareAsync(
        BenchOptions options, IBenchWorkload workload, BenchTally tally, CommandConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        var drain = new BenchDrain(options.Patience, time);
        var comparing = workload.CompareAsync(tally, drain, cancellationToken);
        await CommandProgress.ShowAsync(
            comparing, () => new ProgressState(drain.Stored, tally.Records, Line($"{drain.Stored:N0} {workload.Records} seen stored")), console, time);
        return await comparing;
    }

    private static ProgressState Progress(BenchOptions options, IBenchWorkload workload, BenchTally tally, TimeSpan elapsed) => new(
        elapsed.TotalSeconds,
        options.Duration.TotalSeconds,
        Line($"{tally.Records:N0} {workload.Records} accepted, {tally.Records / Math.Max(0.001, elapsed.TotalSeconds):N0}/s"));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
