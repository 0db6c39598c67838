using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Counting;
using BusIngest.Support.Programs;

namespace BusIngest.Faults.Counting;

/// <summary>Sagas that count, killed with -9: every accepted event is counted once.</summary>
public sealed class CounterKillTests : FaultTest
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Should_count_every_accepted_event_once(int counters)
    {
        var installation = Install();
        var ledger = new CountLedger();
        var ids = Enumerable.Range(0, counters).Select(_ => ClientCar.NewId(Random)).ToList();
        await using var client = CountingClient.Start(() => installation.Address, ledger, ids, Random);
        for (var round = 1; round <= Rounds.Full; round++)
        {
            await StartAsync(installation);
            await ledger.WaitForMoreAsync(1, Deadline, Token);
            await RandomMomentAsync($"Round {round}: kill", 50, 2_500);
            await installation.Program.KillAsync();
        }

        await StartAsync(installation);
        await client.StopAsync();
        var stored = new StoredCounts(installation.DataDirectory);
        await Eventually.BecomesAsync("Nothing waits", _ => Task.FromResult(stored.CountWaiting()), static waiting => waiting == 0, Deadline, Token);

        var discrepancies = CountAccounting.Check(ledger, stored).ToList();
        Log($"{ledger.Acknowledged.Count} events accepted, {ledger.Unknown.Count} unknown; {string.Join(' ', stored.Counters().Values.Take(5).Select(static c => c.Count))}");
        Assert.True(discrepancies.Count == 0, $"{discrepancies.Count} discrepancies:\n{string.Join('\n', discrepancies.Take(20))}");
    }

    private static async Task StartAsync(Installation installation)
    {
        var program = await installation.LaunchAsync(installation.Settings() with { Executable = SiblingProgram.Executable("CountingHost") });
        await program.WaitUntilReadyAsync(Token);
    }
}
