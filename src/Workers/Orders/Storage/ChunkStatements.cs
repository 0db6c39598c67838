using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Generating;

namespace BusIngest.Workers.Orders.Storage;

/// <summary>Stores generated orders, over the model of <see cref="OrdersContext"/>.</summary>
internal static class ChunkStatements
{
    /// <summary>Stores a chunk, unless it is there or its run was stopped.</summary>
    /// <returns>Whether it was stored now.</returns>
    public static bool Store(this SqliteSession session, GeneratedChunk chunk)
    {
        if (!session.Insert(chunk))
            return false;

        session.InsertOrders(chunk);
        return true;
    }

    private static bool Insert(this SqliteSession session, GeneratedChunk chunk) => session
        .Statement("""
            INSERT INTO order_chunks (first, run, vip, normal, generated_at)
            SELECT ?1, ?2, ?3, ?4, ?5 FROM order_queue WHERE halted_run < ?2 ON CONFLICT (first) DO NOTHING
            """)
        .Bind(1, chunk.First).Bind(2, chunk.Run).Bind(3, chunk.Vip).Bind(4, chunk.Normal).Bind(5, chunk.GeneratedAt.ToUnixTimeMilliseconds())
        .Execute() == 1;

    private static void InsertOrders(this SqliteSession session, GeneratedChunk chunk)
    {
        var insert = session.Statement("""
            INSERT INTO orders (seq, id, cliente, valor, tier, priority, observacoes, status, created_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', 'pendente', ?7)
            """);
        var ids = chunk.Ids();
        insert.Bind(7, chunk.GeneratedAt.ToUnixTimeMilliseconds());
        for (var i = 0; i < chunk.Orders.Length; i++)
        {
            ref readonly var order = ref chunk.Orders[i];
            insert.Bind(1, chunk.First + i).Bind(2, ids.Next()).Bind(3, order.Cliente).Bind(4, order.Valor).Bind(5, order.Tier)
                .BindText(6, order.Priority == OrderPriority.Vip ? "VIP"u8 : "NORMAL"u8)
                .Execute();
        }
    }
}
