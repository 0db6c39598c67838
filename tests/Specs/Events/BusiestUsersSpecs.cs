using BusIngest.Support;
using BusIngest.Workers.Events;
using BusIngest.Workers.Events.Packing;
using BusIngest.Workers.Events.Reading;
using BusIngest.Workers.Events.Storing;

namespace BusIngest.Specs.Events;

/// <summary>The ten busiest, though no more than a few users are counted at once, and ids are asked for of few.</summary>
public sealed class BusiestUsersSpecs : Spec
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly Random _random = Seed.RandomFor(nameof(BusiestUsersSpecs));

    [Fact]
    public void Should_be_found_share_by_share()
    {
        TestContext.Current.TestOutputHelper?.WriteLine(Seed.Hint);
        for (var round = 0; round < 200; round++)
        {
            var events = Enumerable.Range(1, _random.Next(1, 400)).ToDictionary(user => (user * 1_000) + _random.Next(1_000), _ => (long)_random.Next(1, 1 + _random.Next(1, 20)));
            var names = events.Keys.ToDictionary(user => user, user => Name(_random, user));
            var tally = Tally.Of(_random.Next(1, 64));
            var busiest = new BusiestUsers();
            do
            {
                foreach (var (user, count) in events)
                    tally.AddUser(user, count);
                var candidates = busiest.Choose(tally);
                Assert.True(candidates.HasAll);
                foreach (var (user, count) in candidates.Users)
                    busiest.Offer(names[user], count);
            }
            while (tally.Next());

            Assert.Equal(
                events.Select(user => new UserEvents(names[user.Key], user.Value))
                    .OrderByDescending(user => user.Events).ThenBy(user => user.UserId, StringComparer.Ordinal).Take(ISummaryReader.TopUsers),
                busiest.Found);
        }
    }

    /// <summary>All are equally busy, and UTF-8 has another order than UTF-16.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\uE000")]
    [InlineData("\U0001F600")]
    public async Task Should_be_found_among_many_that_are_equally_busy(string prefix)
    {
        await using var file = await StoreFile.OpenAsync(Folder, Token);
        string[] users = [.. Enumerable.Range(0, 3 * BusiestUsers.MostAsked).Select(i => (i % 3) switch { 0 => $"{prefix}{i}", 1 => $"\U0001F600{i}", _ => $"\uFF21{i}" })];
        await file.StoreAsync([.. users.Select((user, i) => EventText.Of($"{i}", "acme", user, "login", Now))]);
        var reader = new SqliteSummaryReader(file.Database, new Never());

        var summary = await reader.ReadAsync("acme", Now.AddHours(-1), Now.AddHours(1), Token);

        Assert.Equal(users.Length, summary.Totals.Login);
        Assert.Equal(users.Order(StringComparer.Ordinal).Take(ISummaryReader.TopUsers), summary.TopUsers.Select(user => user.UserId), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_not_be_looked_for_any_more_when_nobody_waits()
    {
        await using var file = await StoreFile.OpenAsync(Folder, Token);
        await file.StoreAsync(EventText.Of("1", "acme", "ann", "login", Now));
        var reader = new SqliteSummaryReader(file.Database, new Never());
        using var over = new CancellationTokenSource();
        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.ReadAsync("acme", Now.AddHours(-1), Now.AddHours(1), over.Token));
        Assert.Equal(1, (await reader.ReadAsync("acme", Now.AddHours(-1), Now.AddHours(1), Token)).Totals.Login);
    }

    [Fact]
    public async Task Should_interrupt_SQLite_where_it_is()
    {
        await using var file = await StoreFile.OpenAsync(Folder, Token);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMilliseconds(50));

        Assert.ThrowsAny<OperationCanceledException>(() => file.Database.Readers.ReadMoment(
            session => session.NumberOf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"), limit.Token));
        Assert.Equal(0, file.Number("SELECT count(*) FROM events"));
    }

    private static string Name(Random random, int user) => $"{(char)('a' + random.Next(26))}-{user}";

    private sealed class Never : ICompleteUntil
    {
        public ValueTask<DateTimeOffset> ReadAsync(CancellationToken cancellationToken) => new(DateTimeOffset.UnixEpoch);
    }
}
