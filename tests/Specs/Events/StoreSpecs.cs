using BusIngest.Workers.Events.Reading;
using BusIngest.Workers.Events.Retiring;
using BusIngest.Workers.Events.Storing;

namespace BusIngest.Specs.Events;

/// <summary>What is stored once stays stored once: over restarts, undone transactions and the moves of ids from memory to their table.</summary>
public sealed class StoreSpecs : Spec
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Should_know_ids_after_a_restart()
    {
        await using (var first = await OpenAsync())
            Assert.Equal(2, await first.StoreAsync(Event("a"), Event("b"), Event("a")));

        await using var second = await OpenAsync();
        Assert.Equal(1, await second.StoreAsync(Event("b"), Event("c")));
        Assert.Equal(["a", "b", "c"], second.Ids());
        Assert.Equal((3, 2), (second.Number("SELECT stored FROM event_ledger"), second.Number("SELECT known FROM event_ledger")));
    }

    [Fact]
    public async Task Should_know_ids_that_were_moved_to_their_table()
    {
        await using (var first = await OpenAsync())
        {
            for (var stored = 0; stored < RecentIds.Many; stored += 4_096)
                await first.StoreAsync([.. Events(stored, 4_096)]);
            var moves = 0;
            do
            {
                // In the middle of a move.
                Assert.Equal(1, await first.StoreAsync(Event("5"), Event($"move {moves++}"), Event($"{RecentIds.Many - 1}")));
            }
            while (await first.Folding.TidyAsync(Token));

            Assert.True(moves > 2);
            Assert.Equal(RecentIds.Many + 1, first.Number("SELECT count(*) FROM event_ids"));
            Assert.Equal(0, await first.StoreAsync(Event("7"), Event("77777")));
            Assert.Equal(1, await first.StoreAsync(Event("new")));
        }

        await using var second = await OpenAsync();
        Assert.Equal(1, await second.StoreAsync(Event("9"), Event("new"), Event("newer"), Event("99999")));
    }

    /// <summary>A filter that has lost an id would let it in twice; it is built while ids move to the table that it reads.</summary>
    [Fact]
    public async Task Should_know_all_ids_by_its_filter()
    {
        const int batch = 8_192;
        await using (var first = await OpenAsync())
        {
            for (var stored = 0; stored < 2 * RecentIds.Many; stored += batch)
            {
                Assert.Equal(batch, await first.StoreAsync([.. Events(stored, batch)]));
                await first.Folding.TidyAsync(Token);
                if (stored % (4 * batch) == 0)
                    Assert.Equal(0, await first.StoreAsync([.. Events(stored / 2, batch)]));
            }

            Assert.False(first.Store.WantsFilter);
        }

        await using var second = await OpenAsync();
        await second.StoreAsync(Event("0"));
        Assert.True(second.Store.WantsFilter);
        for (var (steps, next) = (0, 2 * RecentIds.Many); second.Store.WantsFilter; steps++, next += batch)
        {
            Assert.InRange(steps, 0, 200);
            Assert.Equal(batch, await second.StoreAsync([.. Events(next, batch)]));
            await second.Folding.TidyAsync(Token);
            Assert.Equal(0, await second.StoreAsync([.. Events(next - (batch / 2), batch)]));
        }

        for (var stored = 0; stored < 2 * RecentIds.Many; stored += batch)
            Assert.Equal(0, await second.StoreAsync([.. Events(stored, batch)]));
    }

    [Fact]
    public async Task Should_store_what_was_undone()
    {
        await using var file = await OpenAsync();
        await file.StoreAsync(Event("a"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => file.Database.Writer.WriteAsync<int>(
            3,
            session =>
            {
                file.Store.Store(session, StoreFile.Storable([Event("a"), Event("b", "other", "bob")]));
                throw new InvalidOperationException("Undone");
            },
            Token));

        Assert.Equal(1, await file.StoreAsync(Event("a"), Event("b", "other", "bob")));
        Assert.Equal(["a", "b"], file.Ids());
        Assert.Equal(2, file.Number("SELECT count(*) FROM event_users JOIN event_accounts ON event_accounts.ref = account"));
    }

    [Fact]
    public async Task Should_tell_ids_apart_that_have_one_hash()
    {
        await using var file = await OpenAsync();
        var twins = StoreFile.Storable([Event("a"), Event("b"), Event("b"), Event("a")]);
        Array.Fill(twins.Hashes, twins.Hashes[0]);

        Assert.Equal(2, await file.Database.Writer.WriteAsync(4, session => file.Store.Store(session, twins), Token));
        Assert.Equal(["a", "b"], file.Ids());
    }

    [Fact]
    public async Task Should_store_an_id_once_for_each_account()
    {
        await using (var first = await OpenAsync())
            Assert.Equal(2, await first.StoreAsync(Event("a"), Event("a", "other"), Event("a"), Event("a", "other")));

        await using var second = await OpenAsync();
        Assert.Equal(1, await second.StoreAsync(Event("a", "third"), Event("a", "other"), Event("a")));
        Assert.Equal(["a", "a", "a"], second.Ids());
    }

    [Fact]
    public async Task Should_note_which_events_of_a_message_were_known()
    {
        await using var file = await OpenAsync();
        await file.StoreAsync(Event("a"), Event("b"));
        var chunk = StoreFile.Storable([Event("new"), Event("b"), Event("new"), Event("newer"), Event("a")]);

        await file.Database.Writer.WriteAsync(5, session => file.Store.Store(session, chunk), Token);

        var repeats = new RepeatedEvents(new EventsContext(file.Database));
        Assert.Equal(3, await repeats.CountAsync(chunk.MessageId, 0, 5, Token));
        Assert.Equal(1, await repeats.CountAsync(chunk.MessageId, 0, 2, Token));
        Assert.Equal(0, await repeats.CountAsync(chunk.MessageId, 3, 1, Token));
        Assert.Equal(0, await repeats.CountAsync(Guid.NewGuid(), 0, 5, Token));
    }

    /// <summary>Earlier versions kept ids by a hash of the id alone, whatever the account.</summary>
    [Fact]
    public async Task Should_know_what_an_earlier_version_stored()
    {
        await using (var first = await OpenAsync())
        {
            await first.StoreAsync(Event("moved"), Event("moved too", "other"), Event("in memory"));
            var moved = new[] { "moved", "moved too" }.Select(id => StorableEvents.FormerHash(System.Text.Encoding.UTF8.GetBytes(id))).ToList();
            await first.Database.Writer.WriteAsync(
                3,
                session =>
                {
                    for (var i = 0; i < moved.Count; i++)
                        session.KeepHash(moved[i], i + 1);
                    session.Execute("UPDATE event_state SET ids_upto = 2, former_ids_upto = 2");
                    return true;
                },
                Token);
        }

        await using var second = await OpenAsync();
        Assert.Equal(0, await second.StoreAsync(Event("moved"), Event("moved too", "other"), Event("in memory")));
        Assert.Equal(3, await second.StoreAsync(Event("moved", "other"), Event("moved too"), Event("in memory", "other")));
        Assert.Equal(0, await second.StoreAsync(Event("moved"), Event("moved", "other"), Event("moved too"), Event("moved too", "other")));
        await second.Folding.TidyAsync(Token);
        Assert.False(second.Store.WantsFilter);
        Assert.Equal(1, await second.StoreAsync(Event("moved"), Event("moved too", "other"), Event("new")));

        await new SqliteRetiring(second.Database).RetireAsync(Now.AddDays(2), Token);
        Assert.Equal(0, second.Number("SELECT count(*) FROM event_ids"));
    }

    [Fact]
    public async Task Should_delete_what_is_past_its_retention()
    {
        await using var file = await OpenAsync();
        var day = new DateTimeOffset(Now.UtcDateTime.Date, TimeSpan.Zero);
        await file.StoreAsync([.. Enumerable.Range(0, 240).Select(hour => EventText.Of($"{hour}", $"acme-{hour % 3}", "ann", "login", day.AddHours(-hour)))]);
        await file.Folding.FoldAsync(Token);
        await file.StoreAsync([.. Enumerable.Range(240, 240).Select(hour => EventText.Of($"{hour}", "acme-0", "ann", "login", day.AddHours(240 - hour)))]);
        var reader = new SqliteSummaryReader(file.Database, new Always(Now));

        await new SqliteRetiring(file.Database).RetireAsync(day.AddDays(-3).AddHours(7), Token);

        var kept = file.Rows();
        Assert.All(kept, row => Assert.True(row.TimestampMs >= day.AddDays(-3).ToUnixTimeMilliseconds()));
        Assert.Equal(2 * ((3 * 24) + 1), kept.Count);
        for (var account = 0; account < 3; account++)
        {
            var summary = await reader.ReadAsync($"acme-{account}", DateTimeOffset.UnixEpoch, Now.AddDays(1), Token);
            Assert.Equal(kept.Count(row => string.Equals(row.AccountId, $"acme-{account}", StringComparison.Ordinal)), summary.Totals.Login);
        }

        // Its id is forgotten with it.
        Assert.Equal(1, await file.StoreAsync(EventText.Of("239", "acme-0", "ann", "login", day.AddHours(1))));
    }

    private static string Event(string id, string account = "acme", string user = "ann") => EventText.Of(id, account, user, "login", Now);

    private static IEnumerable<string> Events(int first, int count) => Enumerable.Range(first, count).Select(i => Event($"{i}"));

    private Task<StoreFile> OpenAsync() => StoreFile.OpenAsync(Folder, Token);

    private sealed class Always(DateTimeOffset until) : ICompleteUntil
    {
        public ValueTask<DateTimeOffset> ReadAsync(CancellationToken cancellationToken) => new(until);
    }
}
