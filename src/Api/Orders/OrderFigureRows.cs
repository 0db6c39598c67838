namespace BusIngest.Api.Orders;

/// <summary>The one query of both databases: a row for what is generated, and one for the batches of each priority.</summary>
internal static class OrderFigureRows
{
    /// <summary>The first column of the row that sums up the chunks.</summary>
    public const string Chunks = "chunks";

    /// <summary>
    /// One statement, one snapshot. A batch that was settled, and is taken out after that, counts all the same. The last three columns are
    /// those of the later half of the settled batches, and of 20 at least: fewer tell no pace, since a checkpoint of SQLite's takes as long as five.
    /// </summary>
    public const string Query = """
        SELECT 'chunks' AS part, NULL, NULL, coalesce(sum(vip + normal), 0), coalesce(sum(normal), 0), 0, 0, 0, 0, NULL, 0, 0
        FROM order_chunks WHERE first BETWEEN $1 AND $2
        UNION ALL
        SELECT priority, min(started_at), max(settled_at),
               coalesce(sum(size) FILTER (WHERE settled_at IS NOT NULL OR state <> 'removed'), 0),
               coalesce(sum(size) FILTER (WHERE settled_at IS NOT NULL), 0),
               sum(processed), sum(failed), count(settled_at), count(*) FILTER (WHERE state = 'active'),
               min(settled_at) FILTER (WHERE place > settled / 2 OR place > settled - 20),
               coalesce(sum(size) FILTER (WHERE (place > settled / 2 OR place > settled - 20) AND settled_at IS NOT NULL), 0),
               count(settled_at) FILTER (WHERE place > settled / 2 OR place > settled - 20)
        FROM (SELECT *, row_number() OVER (PARTITION BY priority ORDER BY settled_at IS NULL, settled_at) AS place,
                     count(settled_at) OVER (PARTITION BY priority) AS settled
              FROM order_batches WHERE first BETWEEN $1 AND $2) AS batches
        GROUP BY priority
        """;
}
