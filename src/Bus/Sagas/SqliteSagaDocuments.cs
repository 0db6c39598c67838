using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Sagas;

/// <inheritdoc />
internal sealed class SqliteSagaDocuments(MainDatabase database) : ISagaDocuments
{
    private const string One = "SELECT seq, state, document FROM sagas WHERE correlation_id = ?1 AND kind = ?2";

    private const string OfState = "SELECT seq, state, document FROM sagas WHERE kind = ?3 AND state = ?4 AND seq < ?1 ORDER BY seq DESC LIMIT ?2";

    /// <summary>The plus keeps SQLite from the index by kind, whose rows it would have to sort: the rows' own order is the newest first.</summary>
    private const string All = "SELECT seq, state, document FROM sagas WHERE +kind = ?3 AND seq < ?1 ORDER BY seq DESC LIMIT ?2";

    public ValueTask<SagaDocument?> FindAsync(string kind, Guid correlationId, CancellationToken cancellationToken) =>
        new(database.Readers.Read(session =>
        {
            var rows = session.Statement(One).Bind(1, correlationId).Bind(2, kind);
            var saga = rows.Read() ? Read(rows) : (SagaDocument?)null;
            rows.Reset();
            return saga;
        }));

    public ValueTask<IReadOnlyList<SagaDocument>> ListAsync(
        string kind, string? state, long? before, int limit, CancellationToken cancellationToken) =>
        new(database.Readers.Read<IReadOnlyList<SagaDocument>>(session =>
        {
            var rows = session.Statement(state is null ? All : OfState).Bind(1, before ?? long.MaxValue).Bind(2, limit).Bind(3, kind);
            if (state is not null)
                rows.Bind(4, state);
            var sagas = new List<SagaDocument>();
            while (rows.Read())
                sagas.Add(Read(rows));
            return sagas;
        }));

    private static SagaDocument Read(SqliteStatement row) => new(row.Number(0), row.Text(1)!, row.Blob(2).ToArray());
}
