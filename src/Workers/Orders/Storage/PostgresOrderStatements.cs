using BusIngest.Bus.Storage.Postgres;
using BusIngest.Contracts.Orders;
using Npgsql;

namespace BusIngest.Workers.Orders.Storage;

/// <summary>Processes orders in PostgreSQL, over the model of <see cref="OrdersContext"/>.</summary>
internal static class PostgresOrderStatements
{
    /// <summary>Processes the orders of a batch, all or none.</summary>
    /// <exception cref="PostgresException">The database refuses one.</exception>
    public static async Task<BatchResult> ProcessAllAsync(this NpgsqlConnection connection, ClaimedBatch claimed, CancellationToken cancellationToken) =>
        new() { Processed = await connection.ProcessAsync(claimed, claimed.Batch.First, claimed.Batch.Last, cancellationToken) };

    /// <summary>Processes the orders of a batch, and gives up those that the database refuses: they are halved until they are found.</summary>
    public static async Task<BatchResult> ProcessEachAsync(this NpgsqlConnection connection, ClaimedBatch claimed, CancellationToken cancellationToken)
    {
        var result = new BatchResult();
        await connection.ProcessOrHalveAsync(claimed, claimed.Batch.First, claimed.Batch.Last, result, cancellationToken);
        return result;
    }

    private static async Task ProcessOrHalveAsync(
        this NpgsqlConnection connection, ClaimedBatch claimed, long first, long last, BatchResult result, CancellationToken cancellationToken)
    {
        await connection.RunAsync("SAVEPOINT orders", cancellationToken);
        try
        {
            result.Processed += await connection.ProcessAsync(claimed, first, last, cancellationToken);
            await connection.RunAsync("RELEASE SAVEPOINT orders", cancellationToken);
        }
        catch (PostgresException exception) when (PostgresFailures.IsOfRow(exception))
        {
            await connection.RunAsync("ROLLBACK TO SAVEPOINT orders; RELEASE SAVEPOINT orders", cancellationToken);
            if (first == last)
            {
                await connection.GiveUpAsync(claimed, first, cancellationToken);
                result.Failed++;
                result.Error = exception.MessageText;
                return;
            }

            var middle = first + ((last - first) / 2);
            await connection.ProcessOrHalveAsync(claimed, first, middle, result, cancellationToken);
            await connection.ProcessOrHalveAsync(claimed, middle + 1, last, result, cancellationToken);
        }
    }

    private static async Task<int> ProcessAsync(
        this NpgsqlConnection connection, ClaimedBatch claimed, long first, long last, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE orders SET status = 'processado', observacoes = $4, processed_at = $5
            WHERE seq BETWEEN $1 AND $2 AND priority = $3 AND status <> 'processado'
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = first });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = claimed.Priority.Written() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = claimed.Observacoes });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = claimed.ProcessedAt });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task GiveUpAsync(this NpgsqlConnection connection, ClaimedBatch claimed, long order, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("UPDATE orders SET status = 'falhou', processed_at = $2 WHERE seq = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = order });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = claimed.ProcessedAt });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task RunAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
