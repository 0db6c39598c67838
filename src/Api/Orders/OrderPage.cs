using BusIngest.Workers.Orders.Storage;

namespace BusIngest.Api.Orders;

/// <summary>A page of orders, in the order of their generation.</summary>
/// <param name="Orders">The orders.</param>
/// <param name="Next">What to give as `after` for the next page; null at the end.</param>
internal sealed record OrderPage(IReadOnlyList<OrderView> Orders, string? Next);

/// <summary>An order.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Cliente">Who ordered.</param>
/// <param name="Valor">What it is worth.</param>
/// <param name="Tier">BRONZE, PRATA, OURO or DIAMANTE.</param>
/// <param name="Priority">VIP or NORMAL.</param>
/// <param name="Observacoes">What its processing noted; empty before.</param>
/// <param name="Status">pendente, processado or falhou.</param>
/// <param name="CreatedAt">When it was generated.</param>
/// <param name="ProcessedAt">When it was processed, or given up; null before.</param>
internal sealed record OrderView(
    Guid Id,
    string Cliente,
    double Valor,
    string Tier,
    string Priority,
    string Observacoes,
    string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ProcessedAt)
{
    /// <summary>A row.</summary>
    public static OrderView Of(Order order) => new(
        order.Id, order.Cliente, order.Valor, order.Tier, order.Priority, order.Observacoes, order.Status, order.CreatedAt, order.ProcessedAt);
}
