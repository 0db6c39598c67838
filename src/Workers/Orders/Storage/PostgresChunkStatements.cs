using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Generating;
using Npgsql;
using NpgsqlTypes;

namespace BusIngest.Workers.Orders.Storage;

/// <summary>Stores generated orders in PostgreSQL, over the model of <see cref="OrdersContext"/>.</summary>
internal static class PostgresChunkStatements
{
    /// <summary>Whoever stops the run waits for the lock: what is stored is stored before that.</summary>
    private const string InsertChunk = """
        INSERT INTO order_chunks (first, run, vip, normal, generated_at)
        SELECT $1, $2, $3, $4, $5 FROM (SELECT FROM order_queue WHERE halted_run < $2 FOR SHARE) AS open
        ON CONFLICT (first) DO NOTHING
        """;

    private const string CopyOrders =
        "COPY orders (seq, id, cliente, valor, tier, priority, observacoes, status, created_at) FROM STDIN (FORMAT BINARY)";

    /// <summary>Stores a chunk, unless it is there or its run was stopped.</summary>
    /// <returns>Whether it was stored now.</returns>
    public static async Task<bool> StoreAsync(this NpgsqlConnection connection, GeneratedChunk chunk, CancellationToken cancellationToken)
    {
        if (!await connection.InsertAsync(chunk, cancellationToken))
            return false;

        await connection.CopyOrdersAsync(chunk, cancellationToken);
        return true;
    }

    private static async Task<bool> InsertAsync(this NpgsqlConnection connection, GeneratedChunk chunk, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(InsertChunk, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = chunk.First });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = chunk.Run });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = chunk.Vip });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = chunk.Normal });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = chunk.GeneratedAt });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static async Task CopyOrdersAsync(this NpgsqlConnection connection, GeneratedChunk chunk, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(CopyOrders, cancellationToken);
        var ids = chunk.Ids();
        for (var i = 0; i < chunk.Orders.Length; i++)
        {
            var order = chunk.Orders[i];
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(chunk.First + i, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(ids.Next(), NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(order.Cliente, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(order.Valor, NpgsqlDbType.Double, cancellationToken);
            await copy.WriteAsync(order.Tier, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(order.Priority.Written(), NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync("", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(OrderNames.Pending, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(chunk.GeneratedAt, NpgsqlDbType.TimestampTz, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
