using System.Buffers;
using BusIngest.Bus.Outbox;
using BusIngest.Contracts.Events;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Commands.Events;

/// <summary>Hands made-up events to the outbox, at the pace of the consumers, and waits until they are in the summaries.</summary>
/// <param name="services">The program's.</param>
/// <param name="options">What they are like.</param>
/// <param name="events">How many.</param>
internal sealed class EventSeeder(IServiceProvider services, SampleOptions options, long events)
{
    private const int BatchEvents = 1_000;
    private const int AtOnce = 2;
    private static readonly TimeSpan RefusedPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(50);

    /// <summary>As long as nothing at all is stored in this time, something is wrong.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly EventSamples _samples = new(options);
    private readonly TimeProvider _time = services.GetRequiredService<TimeProvider>();
    private readonly IOutboxMonitor _monitor = services.GetRequiredService<IOutboxMonitor>();
    private readonly long _begun = services.GetRequiredService<TimeProvider>().GetTimestamp();
    private long _next;
    private long _accepted;
    private volatile bool _areStored;

    /// <summary>How far it is.</summary>
    public SeedState State
    {
        get
        {
            var accepted = Volatile.Read(ref _accepted);
            // The monitor's own count is a moment old.
            var stored = _areStored ? accepted : Math.Max(0, accepted - _monitor.Read().Parked);
            return new SeedState(events, accepted, stored, _time.GetElapsedTime(_begun));
        }
    }

    /// <summary>Does it.</summary>
    /// <exception cref="CommandException">They are not stored.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var outbox = services.GetRequiredService<IOutbox>();
        var counts = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => PublishAsync(outbox, cancellationToken), cancellationToken)));
        var expected = new long[options.Accounts];
        foreach (var count in counts)
        {
            for (var account = 0; account < expected.Length; account++)
                expected[account] += count[account];
        }

        await WaitUntilStoredAsync(expected, cancellationToken);
        _areStored = true;
    }

    /// <summary>Publishes batch by batch.</summary>
    /// <returns>How many events each account got.</returns>
    private async Task<long[]> PublishAsync(IOutbox outbox, CancellationToken cancellationToken)
    {
        var counts = new long[options.Accounts];
        var writer = new SampleWriter(options.AccountPrefix);
        var buffer = new ArrayBufferWriter<byte>(BatchEvents * 300);
        while (Interlocked.Add(ref _next, BatchEvents) - BatchEvents is var first && first < events)
        {
            var count = (int)Math.Min(BatchEvents, events - first);
            buffer.ResetWrittenCount();
            for (var number = first; number < first + count; number++)
            {
                if (number > first)
                    buffer.Write(","u8);
                var sample = _samples[number];
                writer.Write(buffer, sample);
                counts[sample.Account]++;
            }

            await outbox.WaitUntilCaughtUpAsync(cancellationToken);
            await PublishAsync(outbox, count, buffer.WrittenMemory, cancellationToken);
            Interlocked.Add(ref _accepted, count);
        }

        return counts;
    }

    /// <summary>Again and again if they are refused; the ids stay the same.</summary>
    private async Task PublishAsync(IOutbox outbox, int count, ReadOnlyMemory<byte> records, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // Not with the token: the records are read until they are durable.
                await outbox.PublishAsync<RecordedEvent>(count, records, CancellationToken.None);
                return;
            }
            catch (OutboxUnavailableException)
            {
                await Task.Delay(RefusedPause, _time, cancellationToken);
            }
        }
    }

    /// <summary>An account may have other events besides.</summary>
    private async Task WaitUntilStoredAsync(long[] expected, CancellationToken cancellationToken)
    {
        var summaries = services.GetRequiredService<ISummaryReader>();
        var writer = new SampleWriter(options.AccountPrefix);
        var (from, to) = _samples.Bounds;
        for (var account = 0; account < expected.Length; account++)
        {
            var (seen, since) = (-1L, _time.GetTimestamp());
            while (expected[account] > 0)
            {
                var stored = (await summaries.ReadAsync(writer.Account(account), from, to, cancellationToken)).Totals.Sum;
                if (stored >= expected[account])
                    break;
                if (stored == seen && _time.GetElapsedTime(since) > Patience)
                    throw new CommandException($"Of {expected[account]} events of {writer.Account(account)} only {stored} are stored; GET /messages/failed may tell why.");
                if (stored != seen)
                    (seen, since) = (stored, _time.GetTimestamp());
                await Task.Delay(LookPause, _time, cancellationToken);
            }
        }
    }
}
