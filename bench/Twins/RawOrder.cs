using BusIngest.Contracts;

namespace BusIngest.Bench.Twins;

/// <summary>An order as the twins insert it.</summary>
internal readonly record struct RawOrder(Guid Id, string Cliente, double Valor, string Tier)
{
    /// <summary>Orders of a chunk, and of a batch.</summary>
    public const int Chunk = 10_000;

    private const string Diamante = "DIAMANTE";

    private static readonly string[] Clientes = ["Ana Almeida", "Bruno Barbosa", "Helena Carvalho", "João Fernandes", "Maria Oliveira", "Vitor Teixeira"];

    /// <summary>VIP or NORMAL.</summary>
    public string Priority => Tier is Diamante ? "VIP" : "NORMAL";

    /// <summary>Draws a chunk, VIP orders first.</summary>
    public static RawOrder[] Draw(int count, DateTimeOffset now)
    {
        var (random, ids, orders) = (Random.Shared, new SequentialIds(now), new RawOrder[count]);
        var (front, back) = (0, count - 1);
        for (var i = 0; i < count; i++)
        {
            var order = new RawOrder(
                ids.Next(), Clientes[random.Next(Clientes.Length)], random.Next(1_000, 1_000_001) / 100.0, TierOf(random.Next(100)));
            orders[order.Priority is "VIP" ? front++ : back--] = order;
        }

        return orders;
    }

    /// <summary>Cuts the NORMAL orders of chunks into batches: first and last number of each.</summary>
    /// <param name="chunks">Each chunk's first number, and how many VIP and NORMAL orders it has.</param>
    public static IEnumerable<(long First, long Last)> Cut(IEnumerable<(long First, int Vip, int Normal)> chunks)
    {
        var (start, last, taken) = (0L, 0L, 0);
        foreach (var (first, vip, normal) in chunks)
        {
            for (var (next, left) = (first + vip, normal); left > 0;)
            {
                var count = Math.Min(left, Chunk - taken);
                start = taken == 0 ? next : start;
                (taken, next, left, last) = (taken + count, next + count, left - count, next + count - 1);
                if (taken == Chunk)
                {
                    yield return (start, last);
                    taken = 0;
                }
            }
        }

        if (taken > 0)
            yield return (start, last);
    }

    private static string TierOf(int percentile) => percentile switch
    {
        < 5 => Diamante,
        < 20 => "OURO",
        < 50 => "PRATA",
        _ => "BRONZE",
    };
}
