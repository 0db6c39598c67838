using BusIngest.Contracts.Orders;

namespace BusIngest.Workers.Orders.Generating;

/// <summary>What is drawn for an order.</summary>
/// <param name="Cliente">Who orders.</param>
/// <param name="Valor">What it is worth, with two decimals.</param>
/// <param name="Tier">BRONZE, PRATA, OURO or DIAMANTE.</param>
internal readonly record struct OrderDraw(string Cliente, double Valor, string Tier)
{
    /// <summary>DIAMANTE goes first.</summary>
    public OrderPriority Priority => ReferenceEquals(Tier, OrderTiers.Diamante) ? OrderPriority.Vip : OrderPriority.Normal;
}
