using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Bus.Delivery;

/// <summary>Something that a consumer writes, for either database; null: it is not made for that one.</summary>
/// <param name="Sqlite">Runs on SQLite's writer.</param>
/// <param name="Postgres">Adds statements for PostgreSQL.</param>
internal readonly record struct TransactionEffect(Action<SqliteSession>? Sqlite, Action<PostgresBatch>? Postgres)
{
    /// <summary>Writes it to SQLite.</summary>
    /// <exception cref="NotSupportedException">It is not made for SQLite.</exception>
    public void Apply(SqliteSession session) => (Sqlite ?? throw new NotSupportedException("This consumer does not know how to write to SQLite."))(session);

    /// <summary>Adds its statements for PostgreSQL.</summary>
    /// <exception cref="NotSupportedException">It is not made for PostgreSQL.</exception>
    public void Apply(PostgresBatch batch) => (Postgres ?? throw new NotSupportedException("This consumer does not know how to write to PostgreSQL."))(batch);
}
