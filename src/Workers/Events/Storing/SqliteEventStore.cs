using BusIngest.Bus.Storage;
using BusIngest.Workers.Events.Packing;

namespace BusIngest.Workers.Events.Storing;

/// <summary>
/// Stores events in SQLite: the row, the id, and a packed line for the summaries, in the transaction of the message. What it remembers
/// is as good as the last row that it wrote: if that is not there, its transaction was undone, and it begins anew with what is on disk.
/// Used by the writer alone.
/// </summary>
internal sealed class SqliteEventStore
{
    private readonly RecentIds _ids = new();
    private readonly NameCache _names = new();
    private SqliteSession? _session;
    private long _lastSeq;
    private int _lastAccount;
    private int _lastUser;

    /// <summary>Stores what is not stored yet.</summary>
    /// <returns>How many were.</returns>
    public int Store(SqliteSession session, StorableEvents chunk) => Remember(session, () => StoreNew(session, chunk));

    /// <summary>Whether there are so many ids in memory that some are to be moved.</summary>
    public bool HasManyIds => _ids.AreMany;

    /// <summary>Moves ids from memory to their table, if there are many.</summary>
    /// <returns>Whether to call again.</returns>
    public bool MoveIds(SqliteSession session) => Remember(session, () => _ids.AreMany && _ids.MoveSome(session));

    /// <summary>Whether a filter of ids is to be built.</summary>
    public bool WantsFilter => _ids.WantsFilter;

    /// <summary>Begins it; see <see cref="RecentIds.BeginFilter"/>.</summary>
    public IdFilter BeginFilter(SqliteSession session) => Remember(session, _ids.BeginFilter);

    /// <summary>Uses it; see <see cref="RecentIds.UseFilter"/>.</summary>
    public bool UseFilter(IdFilter filter) => _ids.UseFilter(filter);

    /// <summary>If it throws, what it did is undone, so that what is remembered of it must go.</summary>
    private TResult Remember<TResult>(SqliteSession session, Func<TResult> work)
    {
        if (!ReferenceEquals(session, _session) || !session.HasRow(_lastSeq))
            Load(session);
        _session = null;
        var result = work();
        _session = session;
        return result;
    }

    private void Load(SqliteSession session)
    {
        _names.Clear();
        _ids.Load(session);
        _lastSeq = Math.Max(session.IdsUpto(), session.NumberOf("SELECT max(seq) FROM events"));
        _lastAccount = (int)session.NumberOf("SELECT max(ref) FROM event_accounts");
        _lastUser = (int)session.NumberOf("SELECT max(ref) FROM event_users");
    }

    private int StoreNew(SqliteSession session, StorableEvents chunk)
    {
        var rolled = new RolledEvent[chunk.Events.Count];
        var repeats = new List<int>();
        var stored = 0;
        for (var i = 0; i < rolled.Length; i++)
        {
            var read = chunk.Events[i];
            if (!_ids.Add(session, StorableEvents.Short(chunk.Hashes[i]), read, _lastSeq + 1))
            {
                repeats.Add(i);
                continue;
            }

            session.Insert(++_lastSeq, read);
            var account = Account(session, read.AccountId.Span);
            rolled[stored++] = new RolledEvent(account, User(session, account, read.UserId.Span), read.Type, read.TimestampMs);
        }

        if (stored > 0)
            session.InsertTail(stored, TailBody.Write(rolled.AsSpan(0, stored)));
        if (repeats.Count > 0)
            session.KeepRepeats(chunk, Places.Write(repeats));
        session.Count(stored, repeats.Count);
        return stored;
    }

    private int Account(SqliteSession session, ReadOnlySpan<byte> accountId)
    {
        var number = _names.Find(0, accountId);
        if (number > 0)
            return number;

        number = session.FindAccount(accountId);
        if (number == 0)
        {
            if (_lastAccount == BucketKey.MostAccounts)
                throw new InvalidOperationException($"There are {_lastAccount} accounts, and can't be more.");
            session.InsertAccount(number = ++_lastAccount, accountId);
        }

        _names.Keep(0, accountId, number);
        return number;
    }

    private int User(SqliteSession session, int account, ReadOnlySpan<byte> userId)
    {
        var number = _names.Find(account, userId);
        if (number > 0)
            return number;

        number = session.FindUser(account, userId);
        if (number == 0)
            session.InsertUser(number = ++_lastUser, account, userId);
        _names.Keep(account, userId, number);
        return number;
    }
}
