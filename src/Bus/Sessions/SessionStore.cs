using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Bus.Sessions;

/// <inheritdoc />
internal sealed class SessionStore(IMainDatabase database, TimeProvider time) : ISessionStore
{
    private const string Add = "INSERT INTO ended_sessions (id, ends_at) VALUES ({0}1, {0}2) ON CONFLICT (id) DO NOTHING";
    private const string Clean = "DELETE FROM ended_sessions WHERE ends_at < {0}1";

    private static readonly string SqliteAdd = Add.Replace("{0}", "?", StringComparison.Ordinal);
    private static readonly string SqliteClean = Clean.Replace("{0}", "?", StringComparison.Ordinal);
    private static readonly string PostgresAdd = Add.Replace("{0}", "$", StringComparison.Ordinal);
    private static readonly string PostgresClean = Clean.Replace("{0}", "$", StringComparison.Ordinal);

    public Task AddAsync(Guid session, DateTimeOffset endsAt)
    {
        var now = time.GetUtcNow();
        return database.WriteAsync(
            2,
            sqlite =>
            {
                sqlite.Statement(SqliteClean).Bind(1, now.ToUnixTimeMilliseconds()).Execute();
                sqlite.Statement(SqliteAdd).Bind(1, session).Bind(2, endsAt.ToUnixTimeMilliseconds()).Execute();
            },
            postgres =>
            {
                postgres.Add(PostgresClean).Bind(now);
                postgres.Add(PostgresAdd).Bind(session).Bind(endsAt);
            });
    }

    public async Task<IReadOnlyList<Guid>> ListAsync(DateTimeOffset now)
    {
        await using var context = new DeliveryContext(database);
        return await context.ReadAsync(() => context.EndedSessions.Where(session => session.EndsAt > now).Select(session => session.Id).ToListAsync());
    }
}
