using System.Globalization;

namespace BusIngest.Api.Commands.Events;

/// <summary>`load-events`: sends, waits, compares, and sums up.</summary>
internal static class LoadEventsRun
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(2);

    /// <summary>Runs it.</summary>
    /// <param name="options">How much is sent.</param>
    /// <param name="sampleOptions">What is sent.</param>
    /// <param name="console">Where lines go.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What the process exits with: 0 when everything was accepted and counts once.</returns>
    public static async Task<int> RunAsync(
        LoadOptions options, SampleOptions sampleOptions, CommandConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        var tally = new LoadTally(options.Events);
        using var client = new LoadClient(options, tally, time);
        var (samples, writer) = (new EventSamples(sampleOptions), new SampleWriter(sampleOptions.AccountPrefix));
        try
        {
            await console.SayAsync($"Accounts {writer.Account(0)} to {writer.Account(sampleOptions.Accounts - 1)}");
            var begun = time.GetTimestamp();
            var sender = new LoadSender(options, samples, writer, client, time);
            await FollowAsync(sender.RunAsync(cancellationToken), tally, console, time);
            var sent = time.GetElapsedTime(begun);

            var checks = new LoadChecks(client, samples, writer, tally, time);
            var (accepted, unknown) = checks.Count(options.Events, sampleOptions.Accounts);
            var differences = await checks.CompareAsync(accepted, unknown, cancellationToken);
            var distinct = accepted.Sum(account => account.Sum);
            var counted = time.GetElapsedTime(begun);
            await console.WriteAsync(Result(tally, distinct, sent, counted, differences), CommandJson.Default.LoadResult);
            await WriteAsync(console, tally, distinct, sent, counted);
            return await JudgeAsync(console, tally, distinct, options.Events, differences);
        }
        catch (OperationCanceledException)
        {
            await console.Errors.WriteLineAsync("Interrupted: nothing is compared.");
        }
        catch (CommandException exception)
        {
            await console.Errors.WriteLineAsync(exception.Message);
        }

        return CommandException.ExitCode;
    }

    private static async Task FollowAsync(Task sending, LoadTally tally, CommandConsole console, TimeProvider time)
    {
        var begun = time.GetTimestamp();
        while (await Task.WhenAny(sending, Task.Delay(LineEvery, time, CancellationToken.None)) != sending)
        {
            await console.SayAsync(Line(
                $"{tally.Sent:N0} events accepted, {tally.Sent / time.GetElapsedTime(begun).TotalSeconds:N0}/s; {tally.Deferred:N0} × 429/503, {tally.Broken:N0} broken off"));
        }

        await sending;
    }

    private static async Task WriteAsync(CommandConsole console, LoadTally tally, long distinct, TimeSpan sent, TimeSpan counted)
    {
        await console.SayAsync(Line(
            $"Accepted   {tally.Requests:N0} requests with {tally.Sent:N0} events, {distinct:N0} of them different, in {sent.TotalSeconds:0.00} s"));
        await console.SayAsync(Line($"Rate       {tally.Requests / sent.TotalSeconds:N0} requests/s, {tally.Sent / sent.TotalSeconds:N0} events/s"));
        await console.SayAsync(Line($"Latency    p50 {tally.Latency(0.50):0.0} ms, p95 {tally.Latency(0.95):0.0} ms, p99 {tally.Latency(0.99):0.0} ms"));
        await console.SayAsync(Line($"Sent again {tally.Deferred:N0} after 429, {tally.Broken:N0} after 503 or a broken connection"));
        await console.SayAsync(Line($"Counted    after {counted.TotalSeconds:0.00} s, {distinct / counted.TotalSeconds:N0} events/s"));
    }

    private static async Task<int> JudgeAsync(
        CommandConsole console, LoadTally tally, long accepted, int events, IReadOnlyList<string> differences)
    {
        foreach (var line in differences)
            await console.Errors.WriteLineAsync(line);
        foreach (var line in tally.Refusals)
            await console.Errors.WriteLineAsync($"Given up: {line}");
        if (differences.Count == 0)
            await console.SayAsync("Every accepted event counts once; totals and busiest users are those of what was sent.");
        if (accepted < events)
            await console.Errors.WriteLineAsync(Line($"{events - accepted:N0} of {events:N0} events were not accepted."));
        return differences.Count == 0 && accepted == events ? 0 : CommandException.ExitCode;
    }

    private static LoadResult Result(LoadTally tally, long distinct, TimeSpan sent, TimeSpan counted, IReadOnlyList<string> differences) => new(
        tally.Requests,
        tally.Sent,
        distinct,
        (long)sent.TotalMilliseconds,
        (long)counted.TotalMilliseconds,
        Math.Round(tally.Latency(0.50), 2),
        Math.Round(tally.Latency(0.95), 2),
        Math.Round(tally.Latency(0.99), 2),
        tally.Deferred,
        tally.Broken,
        tally.Refusals,
        differences);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
