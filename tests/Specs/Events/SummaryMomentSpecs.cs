using BusIngest.Api.Limits;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Events;
using BusIngest.Specs.Processes;
using BusIngest.Support;
using BusIngest.Support.Storage;
using BusIngest.Workers.Events;
using BusIngest.Workers.Events.Packing;
using BusIngest.Workers.Events.Reading;

namespace BusIngest.Specs.Events;

/// <summary>While events are posted at random, many of them more than once, summaries are at every moment what a recount of the raw rows gives.</summary>
public sealed class SummaryMomentSpecs : Spec
{
    private const int Accounts = 6;
    private const int Moments = 150;

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly Random _random = Seed.RandomFor(nameof(SummaryMomentSpecs));

    [Fact]
    public async Task Should_equal_a_recount_at_every_moment()
    {
        TestContext.Current.TestOutputHelper?.WriteLine(Seed.Hint);
        var service = Own(await RunningService.StartAsync(
            RunningService.SettingsIn(Folder) with { Limits = new LimitOptions { RequestsPerMinute = 0 } }));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var posting = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync(service, new Random(_random.Next()), stop.Token)));

        for (var moment = 0; moment < Moments; moment++)
        {
            CheckMoment();
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(20)), TimeProvider.System, Token);
        }

        await stop.CancelAsync();
        await posting;
        var last = await service.RecordAsync(EventText.Of("last", "account-0", "ann", "login", Now));
        await CheckAnswersAsync(service, last);
    }

    /// <summary>In one transaction, so that both see the same moment.</summary>
    private void CheckMoment()
    {
        using var session = SqliteSession.OpenReader(Path.Combine(Folder, "data", "busingest.db"));
        session.Execute("BEGIN; SELECT 1 FROM events LIMIT 1");
        for (var i = 0; i < Accounts; i++)
        {
            var rows = Recount.Rows(session, $"account-{i}");
            var (from, to) = Window();
            // With room for few users at once, so that an account is read several times.
            var found = session.Account($"account-{i}") is > 0 and var account && WindowMs.Of(from, to, 0) is { IsEmpty: false } window
                ? session.Summarize(account, window, Tally.Of(_random.Next(1, 100)), Token)
                : (default, []);

            var wanted = Recount.Of(rows, $"account-{i}", from, to);
            Assert.Equal(wanted.Totals, found.Totals);
            Assert.Equal(wanted.TopUsers, found.Users);
        }
    }

    private async Task CheckAnswersAsync(RunningService service, string after)
    {
        await service.SummaryAsync("account-0", $"after={after}");
        await UntilAsync("All is stored", async token => (await service.Cars.GetAsync("outbox", token)).GetProperty("parked").GetInt64() == 0);
        var rows = StoredEvents.Read(Path.Combine(Folder, "data"));
        Assert.Equal(rows.Count, rows.DistinctBy(row => (row.AccountId, row.EventId)).Count());
        for (var i = 0; i < Accounts * 3; i++)
        {
            var (account, (from, to)) = ($"account-{i % Accounts}", Window());
            var summary = await service.SummaryAsync(account, FormattableString.Invariant($"from={from:yyyy-MM-ddTHH:mm:ss.fffZ}&to={to:yyyy-MM-ddTHH:mm:ss.fffZ}"));
            var wanted = Recount.Of(rows, account, from, to);
            for (var type = (EventType)0; (int)type < EventTypes.Count; type++)
            {
                Assert.Equal(wanted.Totals[type], summary.GetProperty("totals").TryGetProperty(type.Name(), out var events) ? events.GetInt64() : 0);
            }

            Assert.Equal(
                wanted.TopUsers,
                summary.GetProperty("top_users").EnumerateArray()
                    .Select(user => new UserEvents(user.GetProperty("user_id").GetString()!, user.GetProperty("events").GetInt64())));
        }
    }

    private (DateTimeOffset From, DateTimeOffset To) Window()
    {
        var edges = new[] { Edge(), Edge() }.Order().ToArray();
        return (edges[0], edges[1]);
    }

    /// <summary>A moment around the events', on an hour at times.</summary>
    private DateTimeOffset Edge()
    {
        var ms = Now.AddHours(1 - (_random.NextDouble() * 24 * 9)).ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(_random.Next(3) == 0 ? ms - (ms % BucketKey.HourMs) : ms);
    }

    private static async Task PostAsync(RunningService service, Random random, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var answer = await service.PostEventsAsync(EventText.Body(Enumerable.Range(0, random.Next(1, 120)).Select(_ => Draw(random))));
            Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.Status);
        }
    }

    /// <summary>Of few ids, so that many are repeats, with another content each time; half of all are of one account, and one hour is busy.</summary>
    private static string Draw(Random random)
    {
        var account = random.Next(2) == 0 ? 0 : random.Next(Accounts);
        var time = random.Next(3) == 0 ? Now.AddMilliseconds(-random.Next(60_000)) : Now.AddHours(-random.NextDouble() * 24 * 8);
        var user = (int)(random.NextDouble() * random.NextDouble() * 60);
        return EventText.Of($"event-{random.Next(60_000)}", $"account-{account}", $"user-{user}", EventTypes.All[random.Next(EventTypes.Count)], time);
    }
}
