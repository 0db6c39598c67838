using BusIngest.Bus.Delivery.Tracking;
using BusIngest.Contracts.Events;
using BusIngest.Support;
using BusIngest.Support.Storage;
using BusIngest.Workers.Events;
using BusIngest.Workers.Events.Retiring;

namespace BusIngest.Integration.Postgres;

/// <summary>Events in PostgreSQL.</summary>
public sealed class EventTests(SharedServers servers) : PostgresTest(servers)
{
    private const int Accounts = 5;

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    private static readonly PostgresSetup WithEvents = new()
    {
        Services = services => services.AddEvents(new EventOptions(), postgres: true, works: true),
        Consumers = bus => bus.AddEventConsumers(),
    };

    private readonly Random _random = Seed.RandomFor(nameof(EventTests));

    [Fact]
    public async Task Should_sum_up_what_several_processes_store_while_chunks_overlap()
    {
        var processes = new[] { await StartAsync(WithEvents), await StartAsync(WithEvents), await StartAsync(WithEvents) };
        RecordedEvent[] events = [.. Enumerable.Range(0, 6_000).Select(_ => Draw())];
        var posted = 0;

        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            {
                RecordedEvent[] batch = [.. Enumerable.Range(0, _random.Next(1, 400)).Select(_ => events[_random.Next(events.Length)])];
                posted += batch.Length;
                return processes[i % processes.Length].Outbox.PublishAsync<RecordedEvent>(batch, Token);
            }));
            // In the middle of folding, as likely as not.
            await StoredAsync(posted);
            await AssertSummariesAsync(processes[round % processes.Length]);
        }

        var rows = await StoredEvents.ReadAsync(Database.Url, Token);
        Assert.Equal(rows.Count, rows.DistinctBy(row => (row.AccountId, row.EventId)).Count());
        Assert.Equal(rows.Count, await AskAsync<long>("SELECT sum(stored)::bigint FROM event_ledger"));
        Assert.Equal(0, await AskAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
        await UntilAsync("all is folded", async _ => await AskAsync<long>("SELECT count(*) FROM event_tail") == 0);
        await AssertSummariesAsync(processes[0]);
        Assert.Equal(rows.Select(row => row.AccountId).Distinct(StringComparer.Ordinal).Count(), (await processes[1].Get<IAccountSample>().DrawAsync(100, Token)).Count);
    }

    [Fact]
    public async Task Should_store_nothing_of_a_chunk_that_comes_again()
    {
        var process = await StartAsync(WithEvents);
        RecordedEvent[] events = [Draw(), Draw() with { EventId = "other" }];
        var (chunk, id) = (new EventRecorded(2, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(events, EventsJson.Default.RecordedEventArray)), Guid.NewGuid());

        await process.SendAsync(EventsRegistration.Queue, chunk, id);
        await StoredAsync(2);
        await process.SendAsync(EventsRegistration.Queue, chunk, id);
        await process.SendAsync(EventsRegistration.Queue, chunk, Guid.NewGuid());

        await StoredAsync(4);
        Assert.Equal(2, await AskAsync<long>("SELECT count(*) FROM events"));
        Assert.Equal(2, await AskAsync<long>("SELECT sum(stored)::bigint FROM event_ledger"));
    }

    [Fact]
    public async Task Should_tell_what_becomes_of_a_batch()
    {
        var process = await StartAsync(WithEvents);
        var tracking = process.Get<IMessageTracking>();
        await ExecuteAsync("ALTER TABLE event_tail ADD CHECK (events <> 1)");
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Draw(), EventsJson.Default.RecordedEvent);

        var failing = await process.Outbox.PublishAsync<RecordedEvent>(1, json, Token);
        await UntilAsync("it has failed", async _ => await tracking.FindAsync(failing.MessageId, EventsRegistration.Queue, Token) == MessageStanding.Failed);

        await ExecuteAsync("ALTER TABLE event_tail DROP CONSTRAINT event_tail_events_check");
        await process.Get<BusIngest.Bus.Failures.IFailedMessages>().RetryAllAsync(null, Token);
        await UntilAsync("it is stored", async _ => await tracking.FindAsync(failing.MessageId, EventsRegistration.Queue, Token) == MessageStanding.Consumed);
        Assert.Equal(1, await AskAsync<long>("SELECT count(*) FROM events"));
        Assert.Equal(MessageStanding.Unknown, await tracking.FindAsync(Guid.NewGuid(), EventsRegistration.Queue, Token));
    }

    [Fact]
    public async Task Should_drop_months_that_are_past_their_retention()
    {
        var process = await StartAsync(WithEvents);
        RecordedEvent[] events =
        [
            .. Enumerable.Range(0, 200).Select(day => new RecordedEvent($"{day}", "acme", "ann", EventType.Login, Now.AddDays(-day))),
        ];
        await process.Outbox.PublishAsync<RecordedEvent>(events, Token);
        await StoredAsync(events.Length);
        await UntilAsync("all is folded", async _ => await AskAsync<long>("SELECT count(*) FROM event_tail") == 0);

        await process.Get<IRetiring>().RetireAsync(Now.AddDays(-100), Token);

        var rows = await StoredEvents.ReadAsync(Database.Url, Token);
        Assert.InRange(rows.Count, 100, 132);
        var summary = await process.Get<ISummaryReader>().ReadAsync("acme", DateTimeOffset.UnixEpoch, Now.AddDays(1), Token);
        Assert.Equal(rows.Count, summary.Totals.Login);
        Assert.Equal(rows.Count, await AskAsync<long>("SELECT count(*) FROM event_keys"));
        Assert.Equal(rows.Count, await AskAsync<long>("SELECT sum(events)::bigint FROM event_buckets"));
    }

    /// <summary>An id has the same content mostly, and another one at times.</summary>
    private RecordedEvent Draw() => new(
        $"event-{_random.Next(4_000)}",
        $"account-{_random.Next(2) * _random.Next(Accounts)}",
        $"user-{_random.Next(1 + _random.Next(40))}",
        (EventType)_random.Next(EventTypes.Count),
        _random.Next(2) == 0 ? Now.AddMilliseconds(-_random.Next(10_000)) : Now.AddHours(-_random.Next(24 * 40)));

    private Task StoredAsync(int events) =>
        UntilAsync("all are stored", async _ => await AskAsync<long>("SELECT sum(stored + known)::bigint FROM event_ledger") == events);

    private async Task AssertSummariesAsync(PostgresProcess process)
    {
        var rows = await StoredEvents.ReadAsync(Database.Url, Token);
        var reader = process.Get<ISummaryReader>();
        for (var i = 0; i < Accounts * 2; i++)
        {
            var account = $"account-{i % Accounts}";
            var edges = i < Accounts
                ? [DateTimeOffset.MinValue, DateTimeOffset.MaxValue]
                : new[] { Now.AddMinutes(-_random.Next(60 * 24 * 40)), Now.AddMilliseconds(1 - _random.Next(2 * 10_000)) }.Order().ToArray();
            var summary = await reader.ReadAsync(account, edges[0], edges[1], Token);
            var counted = rows.Where(row => string.Equals(row.AccountId, account, StringComparison.Ordinal)
                && row.TimestampMs >= edges[0].ToUnixTimeMilliseconds() && row.TimestampMs < edges[1].ToUnixTimeMilliseconds()).ToList();
            Assert.All(Enum.GetValues<EventType>(), type => Assert.Equal(counted.Count(row => string.Equals(row.Type, type.Name(), StringComparison.Ordinal)), summary.Totals[type]));
            Assert.Equal(
                counted.GroupBy(row => row.UserId, StringComparer.Ordinal).Select(user => new UserEvents(user.Key, user.Count()))
                    .OrderByDescending(user => user.Events).ThenBy(user => user.UserId, StringComparer.Ordinal).Take(ISummaryReader.TopUsers),
                summary.TopUsers);
        }
    }
}
