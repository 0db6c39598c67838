using BusIngest.Bus.Storage;
using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events.Storing;

/// <summary>The statements that store events, over the model of <see cref="EventsContext"/>.</summary>
internal static class EventStatements
{
    /// <summary>Adds an event's row.</summary>
    public static void Insert(this SqliteSession session, long seq, in ReadEvent read)
    {
        var insert = session
            .Statement("INSERT INTO events (seq, event_id, account_id, user_id, type, timestamp, metadata) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
            .Bind(1, seq).BindText(2, read.EventId.Span).BindText(3, read.AccountId.Span).BindText(4, read.UserId.Span)
            .BindText(5, read.Type.Utf8Name()).Bind(6, read.TimestampMs);
        _ = read.Metadata.IsEmpty ? insert.Bind(7, (string?)null) : insert.BindText(7, read.Metadata.Span);
        insert.Execute();
    }

    /// <summary>Whether a row is there and has the account and the id of an event.</summary>
    public static bool? HasId(this SqliteSession session, long seq, in ReadEvent read)
    {
        var row = session
            .Statement("SELECT event_id = ?2 AND account_id = ?3 FROM events WHERE seq = ?1")
            .Bind(1, seq).BindText(2, read.EventId.Span).BindText(3, read.AccountId.Span);
        if (!row.Read())
            return null;
        var same = row.Number(0) == 1;
        row.Reset();
        return same;
    }

    /// <summary>Whether a row is there.</summary>
    public static bool HasRow(this SqliteSession session, long seq) =>
        session.Statement("SELECT seq FROM events WHERE seq = ?1").Bind(1, seq).ReadNumber() == seq && seq > 0;

    /// <summary>The row whose id has the hash; 0: none.</summary>
    public static long FindHash(this SqliteSession session, long hash) =>
        session.Statement("SELECT seq FROM event_ids WHERE hash = ?1").Bind(1, hash).ReadNumber();

    /// <summary>Hashes of ids in their order.</summary>
    /// <param name="session">The session.</param>
    /// <param name="from">The first that there may be.</param>
    /// <param name="limit">The most of them.</param>
    public static List<long> Hashes(this SqliteSession session, long from, int limit)
    {
        var rows = session.Statement("SELECT hash FROM event_ids WHERE hash >= ?1 ORDER BY hash LIMIT ?2").Bind(1, from).Bind(2, limit);
        var hashes = new List<long>(limit);
        while (rows.Read())
            hashes.Add(rows.Number(0));
        return hashes;
    }

    /// <summary>Notes the hash of a row's id.</summary>
    public static void KeepHash(this SqliteSession session, long hash, long seq) =>
        session.Statement("INSERT OR REPLACE INTO event_ids (hash, seq) VALUES (?1, ?2)").Bind(1, hash).Bind(2, seq).Execute();

    /// <summary>Up to which row the hashes are kept.</summary>
    public static long IdsUpto(this SqliteSession session) => session.Statement("SELECT ids_upto FROM event_state WHERE id = 1").ReadNumber();

    /// <summary>Up to which row they are hashes of the ids alone.</summary>
    public static long FormerIdsUpto(this SqliteSession session) =>
        session.Statement("SELECT former_ids_upto FROM event_state WHERE id = 1").ReadNumber();

    /// <summary>Sets up to which row the hashes are kept.</summary>
    public static void SetIdsUpto(this SqliteSession session, long seq) =>
        session.Statement("UPDATE event_state SET ids_upto = ?1 WHERE id = 1").Bind(1, seq).Execute();

    /// <summary>An account's number; 0: it has none.</summary>
    public static int FindAccount(this SqliteSession session, ReadOnlySpan<byte> accountId) =>
        (int)session.Statement("SELECT ref FROM event_accounts WHERE account_id = ?1").BindText(1, accountId).ReadNumber();

    /// <summary>Adds an account.</summary>
    public static void InsertAccount(this SqliteSession session, int number, ReadOnlySpan<byte> accountId) =>
        session.Statement("INSERT INTO event_accounts (ref, account_id) VALUES (?1, ?2)").Bind(1, number).BindText(2, accountId).Execute();

    /// <summary>A user's number; 0: the user has none.</summary>
    public static int FindUser(this SqliteSession session, int account, ReadOnlySpan<byte> userId) => (int)session
        .Statement("SELECT ref FROM event_users WHERE account = ?1 AND user_id = ?2").Bind(1, account).BindText(2, userId).ReadNumber();

    /// <summary>Adds a user.</summary>
    public static void InsertUser(this SqliteSession session, int number, int account, ReadOnlySpan<byte> userId) => session
        .Statement("INSERT INTO event_users (ref, account, user_id) VALUES (?1, ?2, ?3)").Bind(1, number).Bind(2, account).BindText(3, userId)
        .Execute();

    /// <summary>Keeps what was stored for the next folding.</summary>
    public static void InsertTail(this SqliteSession session, int events, ReadOnlySpan<byte> body) =>
        session.Statement("INSERT INTO event_tail (events, body) VALUES (?1, ?2)").Bind(1, events).Bind(2, body).Execute();

    /// <summary>Keeps which events of a message were known before, and forgets of which nobody asks any more: two for one, so that they do not become many.</summary>
    public static void KeepRepeats(this SqliteSession session, StorableEvents chunk, ReadOnlySpan<byte> places)
    {
        session
            .Statement("INSERT OR REPLACE INTO event_repeats (message_id, stored_at, places) VALUES (?1, ?2, ?3)")
            .Bind(1, chunk.MessageId).Bind(2, chunk.StoredAt).Bind(3, places)
            .Execute();
        session
            .Statement("DELETE FROM event_repeats WHERE seq IN (SELECT seq FROM event_repeats ORDER BY seq LIMIT 2) AND stored_at < ?1")
            .Bind(1, chunk.OthersKeptFrom)
            .Execute();
    }

    /// <summary>Adds to the ledger.</summary>
    public static void Count(this SqliteSession session, int stored, int known) => session
        .Statement("UPDATE event_ledger SET stored = stored + ?1, known = known + ?2 WHERE id = 1").Bind(1, stored).Bind(2, known).Execute();

    /// <summary>The number that a query selects; 0: none.</summary>
    public static long NumberOf(this SqliteSession session, string query) => session.Statement(query).ReadNumber();

    /// <summary>The first column of the only row; 0: there is none.</summary>
    private static long ReadNumber(this SqliteStatement statement)
    {
        if (!statement.Read())
            return 0;
        var number = statement.Number(0);
        statement.Reset();
        return number;
    }
}
