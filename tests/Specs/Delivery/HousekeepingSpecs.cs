using BusIngest.Bus.Delivery;
using BusIngest.Bus.Idempotency;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Specs.Delivery;

public sealed class HousekeepingSpecs : Spec
{
    private static readonly TimeSpan MarkRetention = TimeSpan.FromHours(3);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly FakeClock _clock = new();
    private readonly LogLines _log = new();

    [Fact]
    public async Task Should_delete_marks_past_their_retention()
    {
        var process = await StartAsync();
        await MarkAsync(process, _clock.GetUtcNow() - MarkRetention, count: 3);

        _clock.Advance(Period);

        await UntilAsync("They are deleted", () => Count(process, "consumed_messages") == 0);
    }

    [Fact]
    public async Task Should_keep_younger_marks()
    {
        var process = await StartAsync();
        await MarkAsync(process, _clock.GetUtcNow() - MarkRetention, count: 3);
        await MarkAsync(process, _clock.GetUtcNow() - MarkRetention + Period, count: 2);

        _clock.Advance(Period);

        await UntilAsync("The old are deleted", () => Count(process, "consumed_messages") <= 2);
        Assert.Equal(2, Count(process, "consumed_messages"));
    }

    [Fact]
    public async Task Should_delete_more_than_it_does_at_a_time()
    {
        var process = await StartAsync();
        await MarkAsync(process, _clock.GetUtcNow() - MarkRetention, count: 4_001);

        _clock.Advance(Period);

        await UntilAsync("They are deleted", () => Count(process, "consumed_messages") == 0);
    }

    [Fact]
    public async Task Should_delete_idempotency_keys_after_a_day_and_keep_younger_ones()
    {
        var process = await StartAsync();
        await ClaimAsync(process, "old", _clock.GetUtcNow() - IdempotencyKeys.Retention);
        await ClaimAsync(process, "young", _clock.GetUtcNow() - IdempotencyKeys.Retention + Period);

        _clock.Advance(Period);

        await UntilAsync("The old one is deleted", () => Count(process, "idempotency_keys") <= 1);
        Assert.Equal(1, Count(process, "idempotency_keys WHERE key = 'young'"));
    }

    [Fact]
    public async Task Should_go_on_after_a_failure_of_the_storage()
    {
        var process = await StartAsync();
        await MarkAsync(process, _clock.GetUtcNow() - MarkRetention, count: 1);
        using (await Storage.UnwritableFile.ReplaceAsync(process.MainFile))
        {
            await UntilAsync("It is told", () =>
            {
                // The loop may not wait for its next time yet.
                _clock.Advance(Period);
                return _log.Lines.Any(line => line.Contains("housekeeping", StringComparison.Ordinal));
            });
        }

        await UntilAsync("They are deleted", () =>
        {
            _clock.Advance(Period);
            return Count(process, "consumed_messages") == 0;
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_keep_marks_as_old_as_what_waits_to_be_delivered_again(bool isOutgoing)
    {
        var process = await StartAsync();
        var waiting = _clock.GetUtcNow() - MarkRetention - Period;
        var entry = Inbox.InboxFile.Entry() with { AcceptedAt = waiting };
        if (isOutgoing)
            await process.MainFile.Writer.WriteAsync(1, session => Append(process, session, entry), Token);
        else
            await process.Inbox.AppendAsync(entry, Token);
        await MarkAsync(process, waiting - Period, count: 3);
        await MarkAsync(process, waiting, count: 2);

        _clock.Advance(Period);

        await UntilAsync("The older are deleted", () => Count(process, "consumed_messages") <= 2);
        Assert.Equal(2, Count(process, "consumed_messages"));
    }

    [Fact]
    public async Task Should_not_end_the_process_when_the_inbox_cannot_be_read()
    {
        var process = await StartAsync();
        var stopping = process.Get<IHostApplicationLifetime>().ApplicationStopping;
        using (await Storage.UnwritableFile.ReplaceAsync(process.InboxFile))
        {
            var before = _log.Lines.Count;
            _clock.Advance(Period);
            await UntilAsync("It is told", () =>
            {
                _clock.Advance(Period);
                return _log.Lines.Count > before || stopping.IsCancellationRequested;
            });
        }

        Assert.False(stopping.IsCancellationRequested, string.Join('\n', _log.Lines));
        await MarkAsync(process, _clock.GetUtcNow() - MarkRetention, count: 1);
        await UntilAsync("Marks are deleted again", () =>
        {
            _clock.Advance(Period);
            return Count(process, "consumed_messages") == 0;
        });
    }

    private async Task<BusProcess> StartAsync()
    {
        var setup = new BusSetup { Clock = _clock, Services = services => services.AddSingleton<ILoggerProvider>(_log) };
        var process = Own(await BusProcess.StartAsync(
            Folder, setup with { Options = setup.Options with { Inbox = new InboxOptions { MarkRetention = MarkRetention } } }));
        await UntilAsync("It waits for its time", () => _clock.ArmedTimers > 0);
        return process;
    }

    private static Task<int> MarkAsync(BusProcess process, DateTimeOffset at, int count) => process.MainFile.Writer.WriteAsync(count, session =>
    {
        for (var i = 0; i < count; i++)
            session.Mark(Guid.NewGuid(), "alpha", at);
        return count;
    });

    private static int Append(BusProcess process, SqliteSession session, InboxEntry entry)
    {
        process.Get<OutgoingMessages>().Append(session, entry);
        return 1;
    }

    private static Task<IdempotencyClaim> ClaimAsync(BusProcess process, string key, DateTimeOffset at) =>
        process.MainFile.Writer.WriteAsync(1, session => session.Claim(new KeyTake(key, "body", Guid.NewGuid(), Guid.NewGuid(), at, at)));

    private static long Count(BusProcess process, string rows)
    {
        using var reader = process.MainFile.OpenReader();
        var count = reader.Statement($"SELECT count(*) FROM {rows}");
        count.Read();
        return count.Number(0);
    }
}
