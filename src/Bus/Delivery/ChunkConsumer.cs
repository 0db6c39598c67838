using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Transports;
using BusIngest.Contracts;
using MassTransit;
using MassTransit.Transports;
using Npgsql;

namespace BusIngest.Bus.Delivery;

/// <summary>
/// A consumer that stores the records of a chunk, all with the mark in one transaction. A record that the database refuses fails
/// its chunk, which is tried again; at the last try it alone goes to the failed messages, and its neighbours are stored.
/// </summary>
/// <typeparam name="TRecord">The record.</typeparam>
/// <typeparam name="TMessage">The message that carries many.</typeparam>
/// <param name="retry">Says which try is the last.</param>
/// <param name="json">How the records were written.</param>
/// <param name="time">The clock.</param>
public abstract class ChunkConsumer<TRecord, TMessage>(
    RetryOptions retry, JsonTypeInfo<TRecord[]> json, TimeProvider time) : IConsumer<TMessage>
    where TMessage : class, IChunk<TRecord>
{
    /// <inheritdoc />
    public Task Consume(ConsumeContext<TMessage> context)
    {
        var records = JsonSerializer.Deserialize(context.Message.Records, json) ?? throw new JsonException("The chunk holds no array.");
        var transaction = context.Transaction();
        transaction.WriteIfRepeated(session => CountRepeated(session, records.Length), batch => CountRepeated(batch, records.Length));
        if (transaction.IsPostgres && IsLastTry(context))
            return StoreApartAsync(transaction, records, context);

        transaction.Write(records.Length, session => Store(session, records, context), batch => Store(batch, records));
        return Task.CompletedTask;
    }

    /// <summary>Stores one record.</summary>
    /// <returns>False when it was stored before, under its natural key.</returns>
    protected abstract bool Store(SqliteSession session, TRecord record);

    /// <summary>Counts what a chunk did, in the transaction that did it.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="stored">Records stored now.</param>
    /// <param name="known">Records that were stored before, by another message.</param>
    protected abstract void CountStored(SqliteSession session, int stored, int known);

    /// <summary>Counts the records of a message that came again.</summary>
    protected abstract void CountRepeated(SqliteSession session, int records);

    /// <summary>Stores records in PostgreSQL, in as few statements as can be, and counts them: those that were stored before, under
    /// their natural key, are left as they are.</summary>
    protected abstract void Store(PostgresBatch batch, IReadOnlyList<TRecord> records);

    /// <summary>Counts the records of a message that came again.</summary>
    protected abstract void CountRepeated(PostgresBatch batch, int records);

    private bool IsLastTry(ConsumeContext context) => context.GetRetryAttempt() >= retry.Count;

    private void Store(SqliteSession session, TRecord[] records, ConsumeContext<TMessage> context)
    {
        var lastTry = IsLastTry(context);
        var stored = 0;
        List<TRecord>? refused = null;
        SqliteFailureException? reason = null;
        foreach (var record in records)
        {
            try
            {
                if (Store(session, record))
                    stored++;
            }
            catch (SqliteFailureException exception) when (lastTry && !exception.IsStorageFailure)
            {
                (refused ??= []).Add(record);
                reason = exception;
            }
        }

        // All refused: nothing to set apart, so the message is given up as it is.
        if (reason is not null && refused!.Count == records.Length)
            throw reason;

        CountStored(session, stored, records.Length - stored - (refused?.Count ?? 0));
        if (reason is not null)
            session.Keep(Describe(refused!, reason, context));
    }

    /// <summary>At the last try: what is refused is halved until it is found, in the transaction of the message.</summary>
    private async Task StoreApartAsync(ConsumerTransaction transaction, TRecord[] records, ConsumeContext<TMessage> context)
    {
        List<TRecord> refused = [];
        var reason = await StoreOrHalveAsync(transaction, records, refused, context.CancellationToken);
        if (reason is null)
            return;
        // All refused: nothing to set apart, so the message is given up as it is.
        if (refused.Count == records.Length)
            throw reason;
        transaction.WritePostgres(1, batch => batch.Keep(Describe(refused, reason, context)));
    }

    /// <summary>Stores what the database takes.</summary>
    /// <returns>Why it refused one; null when it took all.</returns>
    private async Task<PostgresException?> StoreOrHalveAsync(
        ConsumerTransaction transaction, ArraySegment<TRecord> records, List<TRecord> refused, CancellationToken cancellationToken)
    {
        if (await TryStoreAsync(transaction, records, cancellationToken) is not { } reason)
            return null;

        if (records.Count <= 1)
        {
            refused.AddRange(records);
            return reason;
        }

        var half = records.Count / 2;
        var first = await StoreOrHalveAsync(transaction, records[..half], refused, cancellationToken);
        return await StoreOrHalveAsync(transaction, records[half..], refused, cancellationToken) ?? first;
    }

    /// <summary>Stores records at once, behind a savepoint.</summary>
    /// <returns>Why the database refused them; null when it did not.</returns>
    private async Task<PostgresException?> TryStoreAsync(ConsumerTransaction transaction, IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        batch.Add("SAVEPOINT records");
        Store(batch, records);
        batch.Add("RELEASE SAVEPOINT records");
        try
        {
            await transaction.Unit.ExecuteAsync(batch, cancellationToken);
            return null;
        }
        catch (PostgresException exception)
        {
            var undo = new PostgresBatch();
            undo.Add("ROLLBACK TO SAVEPOINT records");
            await transaction.Unit.ExecuteAsync(undo, cancellationToken);
            return exception;
        }
    }

    /// <summary>The refused records as a message of their own, since this one is marked as consumed.</summary>
    private FailedMessage Describe(List<TRecord> refused, Exception reason, ConsumeContext<TMessage> context)
    {
        var now = time.GetUtcNow();
        var message = new ReceivedMessage(
            Guid.CreateVersion7(now),
            typeof(TMessage).Name,
            context.ReceiveContext.InputAddress.GetEndpointName()!,
            refused.Count,
            StoredBody.Records,
            JsonSerializer.SerializeToUtf8Bytes([.. refused], json));
        var failed = FailedMessage.Describe(message, reason, retry.Count + 1, now);
        failed.Count();
        return failed;
    }
}
