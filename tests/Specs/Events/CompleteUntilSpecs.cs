using BusIngest.Bus.Delivery.Tracking;
using BusIngest.Workers.Events.Reading;

namespace BusIngest.Specs.Events;

/// <summary>Up to when summaries are complete never goes back.</summary>
public sealed class CompleteUntilSpecs : Spec
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Should_not_go_back_when_a_chunk_is_seen_late_or_the_clock_is_set_back()
    {
        var inbox = new Inbox();
        var until = new SqliteCompleteUntil(inbox, _clock);
        Assert.Equal(FakeClock.Start, await until.ReadAsync(Token));

        inbox.Oldest = FakeClock.Start.AddSeconds(-1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(FakeClock.Start, await until.ReadAsync(Token));

        inbox.Oldest = null;
        _clock.Set(TimeSpan.FromHours(-1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(FakeClock.Start, await until.ReadAsync(Token));
        _clock.Set(TimeSpan.FromHours(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await until.ReadAsync(Token) > FakeClock.Start);
    }

    [Fact]
    public async Task Should_not_go_back_when_many_look_at_once()
    {
        var inbox = new Inbox();
        var until = new SqliteCompleteUntil(inbox, TimeProvider.System);
        var end = TimeProvider.System.GetUtcNow().AddSeconds(1);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                for (var last = DateTimeOffset.MinValue; TimeProvider.System.GetUtcNow() < end;)
                {
                    var next = await until.ReadAsync(Token);
                    Assert.True(next >= last, $"{next:O} after {last:O}");
                    last = next;
                    inbox.Oldest = TimeProvider.System.GetUtcNow().AddMilliseconds(-Random.Shared.Next(100));
                }
            },
            Token)));
    }

    private sealed class Inbox : IMessageTracking
    {
        private long _oldest;

        public DateTimeOffset? Oldest
        {
            get => Volatile.Read(ref _oldest) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
            set => Volatile.Write(ref _oldest, value?.UtcTicks ?? 0);
        }

        public bool SeesAll => true;

        public ValueTask<MessageStanding> FindAsync(Guid messageId, string endpoint, CancellationToken cancellationToken) => new(MessageStanding.Unknown);

        public DateTimeOffset? OldestWaiting(string messageType) => Oldest;
    }
}
