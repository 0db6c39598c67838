using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Sagas;

/// <summary>The sagas' hot statements, over the model of <see cref="SagasContext"/>.</summary>
internal static class SagaStatements
{
    /// <summary>Reads a saga.</summary>
    public static SagaSnapshot FindSaga(this SqliteSession session, string kind, Guid correlationId)
    {
        var row = session
            .Statement("SELECT version, state, document FROM sagas WHERE correlation_id = ?1 AND kind = ?2")
            .Bind(1, correlationId).Bind(2, kind);
        if (!row.Read())
            return SagaSnapshot.None;

        var snapshot = new SagaSnapshot(row.Number(0), row.Text(1)!, row.Blob(2).ToArray());
        row.Reset();
        return snapshot;
    }

    /// <summary>Writes a saga that was not there before.</summary>
    /// <returns>False when it is there.</returns>
    public static bool InsertSaga(this SqliteSession session, string kind, Guid correlationId, SagaSnapshot saga, DateTimeOffset now) => session
        .Statement("""
            INSERT INTO sagas (kind, correlation_id, state, version, created_at, updated_at, document) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)
            ON CONFLICT (correlation_id, kind) DO NOTHING
            """)
        .Bind(1, kind).Bind(2, correlationId).Bind(3, saga.State).Bind(4, saga.Version)
        .Bind(5, now.ToUnixTimeMilliseconds()).BindText(6, saga.Document.Span)
        .Execute() == 1;

    /// <summary>Writes a saga that is at the version before.</summary>
    /// <returns>False when it is not.</returns>
    public static bool UpdateSaga(this SqliteSession session, string kind, Guid correlationId, SagaSnapshot saga, DateTimeOffset now) => session
        .Statement("""
            UPDATE sagas SET state = ?3, version = ?4, updated_at = ?5, document = ?6
            WHERE correlation_id = ?2 AND kind = ?1 AND version = ?4 - 1
            """)
        .Bind(1, kind).Bind(2, correlationId).Bind(3, saga.State).Bind(4, saga.Version)
        .Bind(5, now.ToUnixTimeMilliseconds()).BindText(6, saga.Document.Span)
        .Execute() == 1;

    /// <summary>Deletes a saga and its history.</summary>
    /// <returns>False when it is not at this version.</returns>
    public static bool DeleteSaga(this SqliteSession session, string kind, Guid correlationId, long version)
    {
        session
            .Statement("""
                DELETE FROM saga_transitions WHERE saga_seq =
                    (SELECT seq FROM sagas WHERE correlation_id = ?2 AND kind = ?1 AND version = ?3)
                """)
            .Bind(1, kind).Bind(2, correlationId).Bind(3, version).Execute();
        return session
            .Statement("DELETE FROM sagas WHERE correlation_id = ?2 AND kind = ?1 AND version = ?3")
            .Bind(1, kind).Bind(2, correlationId).Bind(3, version).Execute() == 1;
    }

    /// <summary>Notes a change of state.</summary>
    public static void InsertTransition(
        this SqliteSession session, string kind, Guid correlationId, SagaStep step, DateTimeOffset now) => session
        .Statement("""
            INSERT INTO saga_transitions (saga_seq, version, event, message_id, from_state, to_state, at)
            SELECT seq, ?3, ?4, ?5, ?6, ?7, ?8 FROM sagas WHERE correlation_id = ?2 AND kind = ?1
            """)
        .Bind(1, kind).Bind(2, correlationId).Bind(3, step.After.Version).Bind(4, step.Event).Bind(5, step.MessageId)
        .Bind(6, step.Before.State).Bind(7, step.After.State).Bind(8, now.ToUnixTimeMilliseconds())
        .Execute();
}
