using BusIngest.Bus.Storage;

namespace BusIngest.Workers.Events.Reading;

/// <inheritdoc />
internal sealed class SqliteAccountSample(MainDatabase database) : IAccountSample
{
    public Task<IReadOnlyList<string>> DrawAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(database.Readers.Read(session => Draw(session, limit)));

    private static List<string> Draw(SqliteSession session, int limit)
    {
        var accounts = new List<string>(limit);
        var first = 1 + Random.Shared.Next(session.CountAccounts());
        session.ReadAccounts(first, int.MaxValue, limit, accounts);
        if (accounts.Count < limit)
            session.ReadAccounts(1, first, limit - accounts.Count, accounts);
        return accounts;
    }
}
