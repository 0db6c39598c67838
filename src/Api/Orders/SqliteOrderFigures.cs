using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;

namespace BusIngest.Api.Orders;

/// <summary>Adds up a run's rows in SQLite.</summary>
internal sealed class SqliteOrderFigures(MainDatabase database) : IOrderFigures
{
    public ValueTask<OrderFigures> ReadAsync(long run, CancellationToken cancellationToken) => new(database.Readers.Read(session => Read(session, run)));

    private static OrderFigures Read(SqliteSession session, long run)
    {
        var figures = OrderFigures.None;
        var row = session.Statement(OrderFigureRows.Query).Bind(1, OrderRange.First(run)).Bind(2, OrderRange.Last(run));
        while (row.Read())
        {
            figures = row.Text(0) switch
            {
                OrderFigureRows.Chunks => figures with { Generated = row.Number(3), GeneratedNormal = row.Number(4) },
                "VIP" => figures with { Vip = Batches(row) },
                _ => figures with { Normal = Batches(row) },
            };
        }

        return figures;
    }

    private static BatchFigures Batches(SqliteStatement row) => new()
    {
        StartedAt = Time(row.Number(1)),
        SettledAt = Time(row.Number(2)),
        Orders = row.Number(3),
        Settled = row.Number(4),
        Processed = row.Number(5),
        Failed = row.Number(6),
        Batches = row.Number(7),
        Active = row.Number(8),
        RecentSince = Time(row.Number(9)),
        RecentOrders = row.Number(10),
        RecentBatches = row.Number(11),
    };

    private static DateTimeOffset? Time(long milliseconds) => milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
