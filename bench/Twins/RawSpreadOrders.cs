using BusIngest.Support.Servers;
using Npgsql;
using NpgsqlTypes;

namespace BusIngest.Bench.Twins;

/// <summary>
/// A run of orders by Npgsql alone, on as many connections as the program works on at once: a COPY of each chunk of 10,000, and an update
/// of each batch, VIP batches first, each in a transaction of its own.
/// </summary>
internal sealed class RawSpreadOrders : IAsyncDisposable
{
    private const string Table = """
        CREATE TABLE raw_orders (seq bigint NOT NULL PRIMARY KEY, id uuid NOT NULL, cliente text NOT NULL, valor double precision NOT NULL,
            tier text NOT NULL, priority text NOT NULL, observacoes text NOT NULL, status text NOT NULL, created_at timestamptz NOT NULL,
            processed_at timestamptz) WITH (fillfactor = 50)
        """;

    private const string Copy = "COPY raw_orders (seq, id, cliente, valor, tier, priority, observacoes, status, created_at) FROM STDIN (FORMAT BINARY)";

    private const string Update = """
        UPDATE raw_orders SET status = 'processado', observacoes = $4, processed_at = $5
        WHERE seq BETWEEN $1 AND $2 AND priority = $3 AND status <> 'processado'
        """;

    private static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly NpgsqlDataSource _source;
    private int _processed;

    private RawSpreadOrders(string databaseUrl) => _source = NpgsqlDataSource.Create(DatabaseUrl.Pooled(databaseUrl, maxAutoPrepare: 10));

    /// <summary>Makes the table.</summary>
    public static async Task<RawSpreadOrders> StartAsync(string databaseUrl)
    {
        var orders = new RawSpreadOrders(databaseUrl);
        await using var table = orders._source.CreateCommand(Table);
        await table.ExecuteNonQueryAsync();
        return orders;
    }

    /// <summary>Runs it.</summary>
    public async Task RunAsync(int quantity)
    {
        var chunks = new (long First, int Vip, int Normal)[(quantity + RawOrder.Chunk - 1) / RawOrder.Chunk];
        await EachAsync(Enumerable.Range(0, chunks.Length), async index =>
        {
            var first = 1 + ((long)index * RawOrder.Chunk);
            chunks[index] = await InsertAsync(first, (int)Math.Min(RawOrder.Chunk, quantity - first + 1));
        });
        await EachAsync(
            chunks.Where(chunk => chunk.Vip > 0), chunk => UpdateAsync("VIP", "enviado com prioridade", chunk.First, chunk.First + chunk.Vip - 1));
        await EachAsync(RawOrder.Cut(chunks), batch => UpdateAsync("NORMAL", "processado sem prioridade", batch.First, batch.Last));
        if (_processed != quantity)
            throw new BenchException($"The twin processed {_processed} orders.");
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> work) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (item, _) => await work(item));

    private async Task<(long First, int Vip, int Normal)> InsertAsync(long first, int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        var orders = RawOrder.Draw(count, now);
        await using var connection = await _source.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync(Copy);
        for (var i = 0; i < count; i++)
        {
            var order = orders[i];
            await copy.StartRowAsync();
            await copy.WriteAsync(first + i, NpgsqlDbType.Bigint);
            await copy.WriteAsync(order.Id, NpgsqlDbType.Uuid);
            await copy.WriteAsync(order.Cliente, NpgsqlDbType.Text);
            await copy.WriteAsync(order.Valor, NpgsqlDbType.Double);
            await copy.WriteAsync(order.Tier, NpgsqlDbType.Text);
            await copy.WriteAsync(order.Priority, NpgsqlDbType.Text);
            await copy.WriteAsync("", NpgsqlDbType.Text);
            await copy.WriteAsync("pendente", NpgsqlDbType.Text);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
        }

        await copy.CompleteAsync();
        var vip = orders.Count(order => order.Priority is "VIP");
        return (first, vip, count - vip);
    }

    private async Task UpdateAsync(string priority, string note, long first, long last)
    {
        await using var command = _source.CreateCommand(Update);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = first });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = priority });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = note });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = TimeProvider.System.GetUtcNow() });
        Interlocked.Add(ref _processed, await command.ExecuteNonQueryAsync());
    }
}
