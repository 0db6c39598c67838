namespace BusIngest.Contracts.Orders;

/// <summary>How orders are written in tables and answers.</summary>
public static class OrderNames
{
    /// <summary>An order that waits to be processed.</summary>
    public const string Pending = "pendente";

    /// <summary>An order that was processed.</summary>
    public const string Processed = "processado";

    /// <summary>An order that was given up.</summary>
    public const string Failed = "falhou";

    /// <summary>The statuses there are.</summary>
    public static IReadOnlyList<string> Statuses { get; } = [Pending, Processed, Failed];

    /// <summary>The priorities there are.</summary>
    public static IReadOnlyList<string> Priorities { get; } = [OrderPriority.Vip.Written(), OrderPriority.Normal.Written()];

    /// <summary>VIP or NORMAL.</summary>
    public static string Written(this OrderPriority priority) => priority == OrderPriority.Vip ? "VIP" : "NORMAL";
}
