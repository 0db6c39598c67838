using System.Data.Common;

namespace BusIngest.Support.Orders;

/// <summary>What the tables hold of a run, counted there and not taken from the program's word.</summary>
public sealed record OrderRows
{
    /// <summary>The table in which the database itself notes each order whenever it becomes processed.</summary>
    internal const string Notes = "test_processings";

    /// <summary>Orders stored.</summary>
    public long Orders { get; private init; }

    /// <summary>Their different ids.</summary>
    public long Ids { get; private init; }

    /// <summary>VIP orders processed.</summary>
    public long ProcessedVip { get; private init; }

    /// <summary>Others processed.</summary>
    public long ProcessedNormal { get; private init; }

    /// <summary>Orders that were given up.</summary>
    public long Failed { get; private init; }

    /// <summary>Orders of which tier and priority, or status, note and time, are not of a piece.</summary>
    public long Misfits { get; private init; }

    /// <summary>When the last VIP order was processed; null before.</summary>
    public DateTimeOffset? LastVip { get; private init; }

    /// <summary>When the first other one was; null before.</summary>
    public DateTimeOffset? FirstNormal { get; private init; }

    /// <summary>When the last other one was; null before.</summary>
    public DateTimeOffset? LastNormal { get; private init; }

    /// <summary>How many orders the batches say were processed.</summary>
    public long Counted { get; private init; }

    /// <summary>Batches that are waiting or in hand.</summary>
    public long OpenBatches { get; private init; }

    /// <summary>How often an order became processed, which the database noted.</summary>
    public long Noted { get; private init; }

    /// <summary>How many orders that were.</summary>
    public long NotedOrders { get; private init; }

    /// <summary>Orders that are processed.</summary>
    public long Processed => ProcessedVip + ProcessedNormal;

    /// <summary>The query, for the orders from number @first to @last.</summary>
    /// <param name="milliseconds">Makes Unix milliseconds of a time.</param>
    internal static string Query(Func<string, string> milliseconds) =>
        $"""
        SELECT o.*, b.*, n.* FROM
            (SELECT count(*), count(DISTINCT id),
                    count(*) FILTER (WHERE status = 'processado' AND priority = 'VIP'),
                    count(*) FILTER (WHERE status = 'processado' AND priority = 'NORMAL'),
                    count(*) FILTER (WHERE status = 'falhou'),
                    count(*) FILTER (WHERE (tier = 'DIAMANTE') <> (priority = 'VIP') OR (status = 'pendente') <> (processed_at IS NULL)
                        OR observacoes <> CASE WHEN status <> 'processado' THEN ''
                            WHEN priority = 'VIP' THEN 'enviado com prioridade' ELSE 'processado sem prioridade' END),
                    {milliseconds("max(processed_at) FILTER (WHERE priority = 'VIP')")},
                    {milliseconds("min(processed_at) FILTER (WHERE priority = 'NORMAL')")},
                    {milliseconds("max(processed_at) FILTER (WHERE priority = 'NORMAL')")}
             FROM orders WHERE seq BETWEEN @first AND @last) AS o,
            (SELECT coalesce(sum(processed), 0), count(*) FILTER (WHERE state IN ('waiting', 'active'))
             FROM order_batches WHERE first BETWEEN @first AND @last) AS b,
            (SELECT count(*), count(DISTINCT seq) FROM {Notes} WHERE seq BETWEEN @first AND @last) AS n
        """;

    /// <summary>Reads the query's row.</summary>
    internal static OrderRows Read(DbDataReader row) => new()
    {
        Orders = row.GetInt64(0),
        Ids = row.GetInt64(1),
        ProcessedVip = row.GetInt64(2),
        ProcessedNormal = row.GetInt64(3),
        Failed = row.GetInt64(4),
        Misfits = row.GetInt64(5),
        LastVip = Time(row, 6),
        FirstNormal = Time(row, 7),
        LastNormal = Time(row, 8),
        Counted = row.GetInt64(9),
        OpenBatches = row.GetInt64(10),
        Noted = row.GetInt64(11),
        NotedOrders = row.GetInt64(12),
    };

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
