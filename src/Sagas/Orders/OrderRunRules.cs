using BusIngest.Contracts.Orders;

namespace BusIngest.Sagas.Orders;

/// <summary>What <see cref="OrderRunMachine"/> asks before it decides.</summary>
internal static class OrderRunRules
{
    /// <summary>Whether a message is of the present run, and not of one that is over.</summary>
    public static bool Awaits(this OrderRunState run, long number) => run.Facts.Run == number;

    /// <summary>How many chunks the run has.</summary>
    public static int Chunks(this OrderRunState run) => (run.Facts.Quantity + run.ChunkSize - 1) / run.ChunkSize;

    /// <summary>Whether every order is stored.</summary>
    public static bool IsGenerated(this OrderRunState run) => run.ChunksGenerated == run.Chunks();

    /// <summary>Whether the stored rows are those that the saga heard of.</summary>
    public static bool Matches(this OrderRunState run, VipOrdersEnqueued rows) =>
        rows.Orders == run.Facts.Quantity && rows.VipOrders == run.VipOrders;

    /// <summary>Whether every VIP order is settled; only worth asking once every order is stored.</summary>
    public static bool IsVipDrained(this OrderRunState run) => run.VipSettled >= run.VipOrders;

    /// <summary>Whether every NORMAL order is settled; only worth asking once they are enqueued.</summary>
    public static bool IsNormalDrained(this OrderRunState run) => run.NormalSettled >= run.NormalOrders;
}
