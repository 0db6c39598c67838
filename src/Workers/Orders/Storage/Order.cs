namespace BusIngest.Workers.Orders.Storage;

/// <summary>An order: a row of the table `orders`.</summary>
public sealed class Order
{
    /// <summary>Its number, which follows from its run and its place in it; see <see cref="Contracts.Orders.OrderRange"/>.</summary>
    public long Seq { get; init; }

    /// <summary>Its id, which follows from its run's.</summary>
    public Guid Id { get; init; }

    /// <summary>Who ordered.</summary>
    public required string Cliente { get; init; }

    /// <summary>What it is worth, with two decimals.</summary>
    public double Valor { get; init; }

    /// <summary>BRONZE, PRATA, OURO or DIAMANTE.</summary>
    public required string Tier { get; init; }

    /// <summary>VIP or NORMAL.</summary>
    public required string Priority { get; init; }

    /// <summary>What its processing noted; empty before.</summary>
    public required string Observacoes { get; init; }

    /// <summary>One of <see cref="Contracts.Orders.OrderNames.Statuses"/>.</summary>
    public required string Status { get; init; }

    /// <summary>When it was generated.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was processed, or given up; null before.</summary>
    public DateTimeOffset? ProcessedAt { get; init; }
}
