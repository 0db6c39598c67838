using System.Text.Json;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Sagas;

/// <inheritdoc />
internal sealed class SqliteSagaDocuments(MainDatabase database) : ISagaDocuments
{
    private const string Columns = "SELECT seq, correlation_id, state, version, document FROM sagas";

    private const string One = Columns + " WHERE correlation_id = ?1 AND kind = ?2";

    private const string Some = Columns + " WHERE correlation_id IN (SELECT value FROM json_each(?1)) AND kind = ?2";

    private const string OfState = Columns + " WHERE kind = ?3 AND state = ?4 AND seq < ?1 ORDER BY seq DESC LIMIT ?2";

    /// <summary>The plus keeps SQLite from the index by kind, whose rows it would have to sort: the rows' own order is the newest first.</summary>
    private const string All = Columns + " WHERE +kind = ?3 AND seq < ?1 ORDER BY seq DESC LIMIT ?2";

    private const string Count = "SELECT count(*) FROM sagas WHERE kind = ?1 AND seq <= ?2";

    public ValueTask<SagaDocument?> FindAsync(string kind, Guid correlationId, CancellationToken cancellationToken) =>
        new(database.Readers.Read(session =>
        {
            var rows = session.Statement(One).Bind(1, correlationId).Bind(2, kind);
            var saga = rows.Read() ? Read(rows) : (SagaDocument?)null;
            rows.Reset();
            return saga;
        }));

    public ValueTask<IReadOnlyList<SagaDocument>> FindAsync(
        string kind, IReadOnlyCollection<Guid> correlationIds, CancellationToken cancellationToken) =>
        new(database.Readers.Read<IReadOnlyList<SagaDocument>>(session =>
            ReadAll(session.Statement(Some).Bind(1, JsonSerializer.Serialize(correlationIds)).Bind(2, kind))));

    public ValueTask<long> CountAsync(string kind, long last, CancellationToken cancellationToken) =>
        new(database.Readers.Read(session =>
        {
            var row = session.Statement(Count).Bind(1, kind).Bind(2, last);
            row.Read();
            var count = row.Number(0);
            row.Reset();
            return count;
        }));

    public ValueTask<IReadOnlyList<SagaDocument>> ListAsync(
        string kind, string? state, long? before, int limit, CancellationToken cancellationToken) =>
        new(database.Readers.Read<IReadOnlyList<SagaDocument>>(session =>
        {
            var rows = session.Statement(state is null ? All : OfState).Bind(1, before ?? long.MaxValue).Bind(2, limit).Bind(3, kind);
            if (state is not null)
                rows.Bind(4, state);
            return ReadAll(rows);
        }));

    private static List<SagaDocument> ReadAll(SqliteStatement rows)
    {
        var sagas = new List<SagaDocument>();
        while (rows.Read())
            sagas.Add(Read(rows));
        return sagas;
    }

    private static SagaDocument Read(SqliteStatement row) =>
        new(row.Number(0), Guid.Parse(row.Text(1)!), row.Text(2)!, row.Number(3), row.Blob(4).ToArray());
}
