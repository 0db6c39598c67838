using BusIngest.Support;
using BusIngest.Support.Programs;
using BusIngest.Support.Timers;

namespace BusIngest.Faults.Timers;

/// <summary>Holds what clients were promised about timers against the sink's ledger and the database.</summary>
internal static class TimerAccounting
{
    private static readonly TimeSpan SettleDeadline = TimeSpan.FromMinutes(2);

    /// <summary>Waits until every timer is at its end, and checks promises, calls and rows.</summary>
    /// <param name="installation">Has a program that is ready, and no client that still posts.</param>
    /// <param name="ledger">What the clients were promised.</param>
    /// <param name="sink">What was called.</param>
    /// <param name="lives">When the program was killed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task VerifyAsync(
        Installation installation, TimerLedger ledger, WebhookSink sink, Lives lives, CancellationToken cancellationToken)
    {
        var stored = new StoredTimers(installation.DataDirectory);
        await Eventually.BecomesAsync(
            "Every accepted timer is at its end",
            _ => Task.FromResult((Unsettled: stored.CountUnsettled(), Pending: stored.CountPendingMessages(), Missing: CountMissing(stored, ledger))),
            static left => left is { Unsettled: 0, Pending: 0, Missing: 0 },
            SettleDeadline,
            cancellationToken);

        var timers = stored.All();
        var arrivals = sink.Arrivals.ToLookup(static arrival => arrival.TimerId);
        var calls = timers.Select(timer => new TimerCalls(timer, arrivals[timer.Id].OrderBy(static a => a.At).ToList(), lives)).ToList();
        Log($"{ledger}; {timers.Count} timers stored, {sink.Arrivals.Count} calls, {lives.Count} kills, "
            + $"{calls.Sum(static c => c.CutOff)} calls cut off, {calls.Count(static c => c.Doubled)} timers called twice with success");

        var discrepancies = ledger.Violations.Select(static violation => $"Answered {violation}")
            .Concat(sink.Violations)
            .Concat(TimerPromises.Check(ledger, timers))
            .Concat(calls.SelectMany(static call => call.Discrepancies()))
            .Concat(Strangers(timers, sink))
            .Concat(Rows(stored, installation))
            .ToList();
        Assert.True(discrepancies.Count == 0, $"{discrepancies.Count} discrepancies:\n{string.Join('\n', discrepancies.Take(20))}");
        await AssertShownAsync(installation, ledger, timers, cancellationToken);
    }

    private static int CountMissing(StoredTimers stored, TimerLedger ledger)
    {
        var ids = stored.All().Select(static timer => timer.Id).ToHashSet();
        return ledger.Acknowledged.Count(timer => !ids.Contains(timer.Id));
    }

    private static IEnumerable<string> Strangers(IReadOnlyList<StoredTimer> timers, WebhookSink sink)
    {
        var known = timers.Select(static timer => timer.Id).ToHashSet();
        foreach (var arrival in sink.Arrivals.Where(arrival => !known.Contains(arrival.TimerId)))
            yield return $"{arrival.Path} was called for {arrival.TimerId}, which is no timer";
    }

    private static IEnumerable<string> Rows(StoredTimers stored, Installation installation)
    {
        if (stored.CountFailedMessages() is > 0 and var failed)
            yield return $"{failed} messages failed";
        foreach (var file in new[] { "busingest.db", "inbox.db" })
        {
            if (installation.StoredCars.Integrity(file) is var verdict and not "ok")
                yield return $"{file}: {verdict}";
        }
    }

    /// <summary>What is in the database is what a client is shown.</summary>
    private static async Task AssertShownAsync(
        Installation installation, TimerLedger ledger, IReadOnlyList<StoredTimer> timers, CancellationToken cancellationToken)
    {
        var api = new TimersApi(installation.Api, ledger);
        foreach (var timer in timers.Take(200))
            Assert.Equal(timer.State, await api.StatusAsync(timer.Id, cancellationToken));
    }

    private static void Log(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
