using System.Text;
using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Bus.Sagas;

/// <summary>PostgreSQL's statements of the sagas, over the model of <see cref="SagasContext"/>.</summary>
internal static class PostgresSagaStatements
{
    private const string Find = "SELECT version, state, document::text FROM sagas WHERE correlation_id = $1 AND kind = $2";

    /// <summary>Reads a saga.</summary>
    /// <param name="unit">The transaction.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="correlationId">The saga.</param>
    /// <param name="locks">Whether it is not to change until the transaction ends.</param>
    /// <param name="cancellationToken">Ends the wait for another's lock.</param>
    public static Task<SagaSnapshot> FindSagaAsync(
        this PostgresUnit unit, string kind, Guid correlationId, bool locks, CancellationToken cancellationToken) => unit.RunAsync(
        async (connection, transaction) =>
        {
            await using var command = new NpgsqlCommand(locks ? Find + " FOR UPDATE" : Find, connection, transaction);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = correlationId });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken)
                ? new SagaSnapshot(row.GetInt64(0), row.GetString(1), Encoding.UTF8.GetBytes(row.GetString(2)))
                : SagaSnapshot.None;
        },
        cancellationToken);

    /// <summary>Writes what an event made of a saga, and the change of its state.</summary>
    /// <remarks>If it is not as the event found it, the batch throws a <see cref="SagaConflictException"/>.</remarks>
    public static void WriteSaga(this PostgresBatch batch, string kind, Guid correlationId, SagaStep step, DateTimeOffset now)
    {
        var write = step.Before.Exists ? batch.UpdateSaga(kind, correlationId, step.After, now) : batch.InsertSaga(kind, correlationId, step.After, now);
        write.Check(rows => ThrowUnlessOne(rows, kind, correlationId, step.Before.Version));
        if (!string.Equals(step.Before.State, step.After.State, StringComparison.Ordinal))
            batch.InsertTransition(kind, correlationId, step, now);
    }

    /// <summary>Deletes a saga and its history.</summary>
    /// <remarks>If it is not at this version, the batch throws a <see cref="SagaConflictException"/>.</remarks>
    public static void DeleteSaga(this PostgresBatch batch, string kind, Guid correlationId, long version)
    {
        batch
            .Add("DELETE FROM saga_transitions WHERE saga_seq = (SELECT seq FROM sagas WHERE correlation_id = $1 AND kind = $2 AND version = $3)")
            .Bind(correlationId).Bind(kind).Bind(version);
        batch
            .Add("DELETE FROM sagas WHERE correlation_id = $1 AND kind = $2 AND version = $3")
            .Bind(correlationId).Bind(kind).Bind(version)
            .Check(rows => ThrowUnlessOne(rows, kind, correlationId, version));
    }

    private static PostgresCommand InsertSaga(this PostgresBatch batch, string kind, Guid correlationId, SagaSnapshot saga, DateTimeOffset now) => batch
        .Add("""
            INSERT INTO sagas (kind, correlation_id, state, version, created_at, updated_at, document) VALUES ($1, $2, $3, $4, $5, $5, $6)
            ON CONFLICT (correlation_id, kind) DO NOTHING
            """)
        .Bind(kind).Bind(correlationId).Bind(saga.State).Bind(saga.Version).Bind(now).BindJson(saga.Document);

    private static PostgresCommand UpdateSaga(this PostgresBatch batch, string kind, Guid correlationId, SagaSnapshot saga, DateTimeOffset now) => batch
        .Add("""
            UPDATE sagas SET state = $3, version = $4, updated_at = $5, document = $6
            WHERE correlation_id = $2 AND kind = $1 AND version = $4 - 1
            """)
        .Bind(kind).Bind(correlationId).Bind(saga.State).Bind(saga.Version).Bind(now).BindJson(saga.Document);

    private static void InsertTransition(this PostgresBatch batch, string kind, Guid correlationId, SagaStep step, DateTimeOffset now) => batch
        .Add("""
            INSERT INTO saga_transitions (saga_seq, version, event, message_id, from_state, to_state, at)
            SELECT seq, $3, $4, $5, $6, $7, $8 FROM sagas WHERE correlation_id = $2 AND kind = $1
            """)
        .Bind(kind).Bind(correlationId).Bind(step.After.Version).Bind(step.Event).Bind(step.MessageId)
        .Bind(step.Before.State).Bind(step.After.State).Bind(now);

    private static void ThrowUnlessOne(int rows, string kind, Guid correlationId, long version)
    {
        if (rows != 1)
            throw new SagaConflictException(kind, correlationId, version);
    }
}
