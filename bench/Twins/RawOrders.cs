using Microsoft.Data.Sqlite;

namespace BusIngest.Bench.Twins;

/// <summary>
/// A run of orders by the bare driver on one SQLite connection: the same rows, a transaction with an fsync for each chunk of 10,000, and one
/// for each batch of updates, VIP batches first.
/// </summary>
internal sealed class RawOrders : IDisposable
{
    private const string Table = """
        CREATE TABLE orders (seq INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL, cliente TEXT NOT NULL, valor REAL NOT NULL, tier TEXT NOT NULL,
            priority TEXT NOT NULL, observacoes TEXT NOT NULL, status TEXT NOT NULL, created_at INTEGER NOT NULL, processed_at INTEGER)
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _update;

    public RawOrders(string path)
    {
        _connection = BareDriver.Open(path);
        // As the program's own writer has them.
        BareDriver.Execute(_connection, "PRAGMA secure_delete=OFF; PRAGMA wal_autocheckpoint=4000");
        BareDriver.Execute(_connection, Table);
        _insert = BareDriver.Prepare(
            _connection,
            "INSERT INTO orders VALUES ($seq, $id, $cliente, $valor, $tier, $priority, '', 'pendente', $now, NULL)",
            "$seq", "$id", "$cliente", "$valor", "$tier", "$priority", "$now");
        _update = BareDriver.Prepare(
            _connection,
            """
            UPDATE orders SET status = 'processado', observacoes = $note, processed_at = $now
            WHERE seq BETWEEN $first AND $last AND priority = $priority AND status <> 'processado'
            """,
            "$note", "$now", "$first", "$last", "$priority");
    }

    /// <summary>Runs it.</summary>
    public void Run(int quantity)
    {
        var chunks = new List<(long First, int Vip, int Normal)>();
        for (var first = 1L; first <= quantity; first += RawOrder.Chunk)
            chunks.Add(Insert(first, (int)Math.Min(RawOrder.Chunk, quantity - first + 1)));

        var processed = 0;
        foreach (var (first, vip, _) in chunks.Where(chunk => chunk.Vip > 0))
            processed += Update("VIP", "enviado com prioridade", first, first + vip - 1);
        foreach (var (first, last) in RawOrder.Cut(chunks))
            processed += Update("NORMAL", "processado sem prioridade", first, last);
        if (processed != quantity)
            throw new BenchException($"The twin processed {processed} orders.");
    }

    public void Dispose()
    {
        _insert.Dispose();
        _update.Dispose();
        _connection.Dispose();
    }

    private (long First, int Vip, int Normal) Insert(long first, int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        var orders = RawOrder.Draw(count, now);
        BareDriver.Execute(_connection, "BEGIN IMMEDIATE");
        _insert.Parameters[6].Value = now.ToUnixTimeMilliseconds();
        for (var i = 0; i < count; i++)
        {
            var order = orders[i];
            _insert.Parameters[0].Value = first + i;
            _insert.Parameters[1].Value = order.Id.ToString();
            _insert.Parameters[2].Value = order.Cliente;
            _insert.Parameters[3].Value = order.Valor;
            _insert.Parameters[4].Value = order.Tier;
            _insert.Parameters[5].Value = order.Priority;
            _insert.ExecuteNonQuery();
        }

        BareDriver.Execute(_connection, "COMMIT");
        var vip = orders.Count(order => order.Priority is "VIP");
        return (first, vip, count - vip);
    }

    private int Update(string priority, string note, long first, long last)
    {
        _update.Parameters[0].Value = note;
        _update.Parameters[1].Value = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        _update.Parameters[2].Value = first;
        _update.Parameters[3].Value = last;
        _update.Parameters[4].Value = priority;
        return _update.ExecuteNonQuery();
    }
}
