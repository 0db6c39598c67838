using BusIngest.Api.Summaries;
using BusIngest.Api.Telemetry.Requests;
using BusIngest.Bus.Storage;
using BusIngest.Workers.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusIngest.Specs.Summaries;

/// <summary>What becomes of readers when the database is slow or away.</summary>
public sealed class SummaryGuardSpecs : Spec
{
    private static readonly SummaryOptions Options = new() { Timeout = TimeSpan.FromMilliseconds(200), MaxConcurrency = 2 };

    [Fact]
    public async Task Should_try_again_when_the_database_was_away_for_a_moment()
    {
        var reader = new ScriptedReader { Failures = 2 };

        Assert.Equal("a", (await ReadAsync(Guard(reader))).AccountId);

        Assert.Equal(3, reader.Reads);
    }

    [Fact]
    public async Task Should_give_up_when_it_stays_away_and_count_that_as_refused()
    {
        var reader = new ScriptedReader { Failures = int.MaxValue };
        var before = Refused();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => ReadAsync(Guard(reader)));

        Assert.Equal(3, reader.Reads);
        Assert.True(Refused() > before);
    }

    [Fact]
    public async Task Should_give_up_in_time_when_it_hangs()
    {
        var reader = new ScriptedReader { Hangs = true };
        var begun = TimeProvider.System.GetTimestamp();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => ReadAsync(Guard(reader)));

        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds, 200, 2_000);
    }

    [Fact]
    public async Task Should_ask_no_more_than_a_few_at_once_and_leave_a_database_that_hangs_alone()
    {
        var reader = new ScriptedReader { Hangs = true };
        var guard = Guard(reader);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Assert.ThrowsAsync<StorageUnavailableException>(() => ReadAsync(guard))));

        Assert.InRange(reader.Most, 1, 2);
        var begun = TimeProvider.System.GetTimestamp();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => ReadAsync(guard));
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds, 0, 300);
    }

    [Fact]
    public async Task Should_not_try_again_what_is_wrong_with_the_question()
    {
        var reader = new ScriptedReader { Wrong = true };

        await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(Guard(reader)));

        Assert.Equal(1, reader.Reads);
    }

    [Fact]
    public async Task Should_keep_accounts_that_hang_from_the_others_places()
    {
        var reader = new ScriptedReader { Hangs = true, Well = "well" };
        var guard = Guard(reader, Options with { MaxConcurrency = 8 });

        var hanging = Enumerable.Range(0, 30).Select(_ => Assert.ThrowsAsync<StorageUnavailableException>(() => ReadAsync(guard, "whale"))).ToList();
        await UntilAsync("Some are being read", () => reader.Most > 0);
        for (var i = 0; i < 50; i++)
            Assert.Equal("well", (await ReadAsync(guard, "well")).AccountId);
        await Task.WhenAll(hanging);

        Assert.InRange(reader.Most, 1, 3);
        // It rests, and nobody else does.
        var reads = reader.Reads;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => ReadAsync(guard, "whale"));
        Assert.Equal(reads, reader.Reads);
        Assert.Equal("well", (await ReadAsync(guard, "well")).AccountId);
    }

    private SummaryGuard Guard(ScriptedReader reader, SummaryOptions? options = null)
    {
        var database = Own(new MainDatabase(Own(DataDirectory.Take(Path.Combine(Folder, "data"))), NullLogger<MainDatabase>.Instance));
        return new SummaryGuard(reader, database, options ?? Options, TimeProvider.System);
    }

    /// <summary>By all guards of this process.</summary>
    private static long Refused() => Refusals.Read().FirstOrDefault(count => count.Key is "summary").Value;

    private static Task<AccountSummary> ReadAsync(SummaryGuard guard, string account = "a") => guard.ReadAsync(account, FakeClock.Start, FakeClock.Start.AddDays(1));

    private sealed class ScriptedReader : ISummaryReader
    {
        private readonly Lock _gate = new();
        private int _now;

        public int Failures { get; init; }

        public bool Hangs { get; init; }

        public string? Well { get; init; }

        public bool Wrong { get; init; }

        public int Reads { get; private set; }

        public int Most { get; private set; }

        public async Task<AccountSummary> ReadAsync(string accountId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                Reads++;
                Most = Math.Max(Most, ++_now);
            }

            try
            {
                if (Hangs && !string.Equals(accountId, Well, StringComparison.Ordinal))
                    await Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System, cancellationToken);
                if (Wrong)
                    throw new InvalidOperationException("wrong");
                if (Reads <= Failures)
                    throw new StorageUnavailableException("away", new IOException());
                return new AccountSummary(accountId, default, [], to);
            }
            finally
            {
                lock (_gate)
                    _now--;
            }
        }
    }
}
