using BusIngest.Bus.Sagas;
using BusIngest.Contracts.Orders;

namespace BusIngest.Sagas.Orders;

/// <summary>The one desk where runs of orders are started and steered, with what it knows of the last run.</summary>
public sealed class OrderRunState : ISagaDocument
{
    /// <summary>The kind under which it is kept.</summary>
    public const string Kind = "order-run";

    /// <summary>Its id: there is one, so that of many who ask for a run at once a single one gets it.</summary>
    public static readonly Guid TheOne = new("0e5d0000-0000-7000-8000-000000000001");

    /// <summary>Always <see cref="TheOne"/>.</summary>
    public Guid CorrelationId { get; set; }

    /// <summary>Idle, Generating, EnqueueVip, WaitingVipDrain, EnqueueNormal, WaitingNormalDrain, Halting, Done, Aborted or Error.</summary>
    public string CurrentState { get; set; } = "";

    /// <inheritdoc />
    public int SchemaVersion { get; set; } = 1;

    /// <summary>The last run. Its number outlives a reset, so that no message of an earlier run is taken for one of a later.</summary>
    public OrderRunFacts Facts { get; set; } = new();

    /// <summary>What the run's random numbers begin with.</summary>
    public int Seed { get; set; }

    /// <summary>The run's orders a chunk.</summary>
    public int ChunkSize { get; set; }

    /// <summary>Chunks that were asked for.</summary>
    public int ChunksAsked { get; set; }

    /// <summary>Chunks that are stored.</summary>
    public int ChunksGenerated { get; set; }

    /// <summary>VIP orders in the chunks that are stored.</summary>
    public int VipOrders { get; set; }

    /// <summary>NORMAL orders in batches.</summary>
    public int NormalOrders { get; set; }

    /// <summary>VIP orders that nobody waits for any more.</summary>
    public int VipSettled { get; set; }

    /// <summary>NORMAL orders that nobody waits for any more.</summary>
    public int NormalSettled { get; set; }

    /// <summary>Whether the queue is paused.</summary>
    public bool Paused { get; set; }

    /// <summary>Whether the queue is closed.</summary>
    public bool Closed { get; set; }

    /// <summary>How often the queue was steered.</summary>
    public long Revision { get; set; }

    /// <summary>The last halt that was asked for.</summary>
    public long Halt { get; set; }

    /// <summary>Whether that one wipes everything.</summary>
    public bool Wipes { get; set; }

    /// <summary>What the last halt did that is over; null before the first.</summary>
    public OrdersHalted? LastHalt { get; set; }
}
