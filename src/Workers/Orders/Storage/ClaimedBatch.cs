using BusIngest.Contracts.Orders;

namespace BusIngest.Workers.Orders.Storage;

/// <summary>A batch that somebody has in hand.</summary>
/// <param name="Batch">The batch, as it was before.</param>
/// <param name="Claim">By what his work on it is told from anybody else's.</param>
/// <param name="StartedAt">Since when.</param>
internal sealed record ClaimedBatch(OrderBatch Batch, Guid Claim, DateTimeOffset StartedAt)
{
    /// <summary>The time that its orders are to bear; set when they are about to be processed.</summary>
    public DateTimeOffset ProcessedAt { get; private init; } = StartedAt;

    /// <summary>What its processing notes.</summary>
    public string Observacoes => IsVip ? "enviado com prioridade" : "processado sem prioridade";

    /// <summary>Its priority.</summary>
    public OrderPriority Priority => IsVip ? OrderPriority.Vip : OrderPriority.Normal;

    /// <summary>Whether its orders were settled before, and are tried again by hand.</summary>
    public bool IsAgain => Batch.SettledAt is not null;

    /// <summary>The batch, as its orders are about to be processed.</summary>
    public ClaimedBatch Processing(TimeProvider time) => this with { ProcessedAt = time.GetUtcMilliseconds(earliest: StartedAt) };

    private bool IsVip => string.Equals(Batch.Priority, OrderPriority.Vip.Written(), StringComparison.Ordinal);
}
