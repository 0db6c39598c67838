using BusIngest.Bus.Storage.Postgres;
using BusIngest.Contracts.Orders;
using Npgsql;

namespace BusIngest.Api.Orders;

/// <summary>Adds up a run's rows in PostgreSQL.</summary>
internal sealed class PostgresOrderFigures(PostgresDatabase database) : IOrderFigures
{
    public async ValueTask<OrderFigures> ReadAsync(long run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(() => ReadAsync(connection, run, cancellationToken), cancellationToken);
    }

    private static async Task<OrderFigures> ReadAsync(NpgsqlConnection connection, long run, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(OrderFigureRows.Query, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = OrderRange.First(run) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = OrderRange.Last(run) });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var figures = OrderFigures.None;
        while (await row.ReadAsync(cancellationToken))
        {
            figures = row.GetString(0) switch
            {
                OrderFigureRows.Chunks => figures with { Generated = row.GetInt64(3), GeneratedNormal = row.GetInt64(4) },
                "VIP" => figures with { Vip = Batches(row) },
                _ => figures with { Normal = Batches(row) },
            };
        }

        return figures;
    }

    private static BatchFigures Batches(NpgsqlDataReader row) => new()
    {
        StartedAt = row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1),
        SettledAt = row.IsDBNull(2) ? null : row.GetFieldValue<DateTimeOffset>(2),
        Orders = row.GetInt64(3),
        Settled = row.GetInt64(4),
        Processed = row.GetInt64(5),
        Failed = row.GetInt64(6),
        Batches = row.GetInt64(7),
        Active = row.GetInt64(8),
        RecentSince = row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9),
        RecentOrders = row.GetInt64(10),
        RecentBatches = row.GetInt64(11),
    };
}
