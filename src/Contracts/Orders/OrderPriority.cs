namespace BusIngest.Contracts.Orders;

/// <summary>Whose turn it is: no NORMAL order is enqueued before the last VIP order of its run is settled.</summary>
public enum OrderPriority
{
    /// <summary>First: orders of the tier DIAMANTE.</summary>
    Vip,

    /// <summary>After them: all others.</summary>
    Normal,
}
