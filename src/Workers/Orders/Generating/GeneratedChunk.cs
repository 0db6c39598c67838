using BusIngest.Contracts;
using BusIngest.Contracts.Orders;

namespace BusIngest.Workers.Orders.Generating;

/// <summary>A chunk of orders, ready to be stored.</summary>
internal sealed class GeneratedChunk
{
    private readonly Guid _runId;
    private readonly uint _place;

    /// <summary>Makes it.</summary>
    /// <param name="message">Which chunk.</param>
    /// <param name="now">The time that its orders bear.</param>
    public GeneratedChunk(GenerateOrderChunk message, DateTimeOffset now)
    {
        (_runId, _place) = (message.RunId, (uint)message.First);
        Run = message.Run;
        First = OrderRange.First(message.Run) + message.First;
        GeneratedAt = now;
        Orders = OrderGenerator.Draw(message);
        Vip = Orders.Count(order => order.Priority == OrderPriority.Vip);
    }

    /// <summary>The run's number.</summary>
    public long Run { get; }

    /// <summary>The number of the first order; each next one's is one more.</summary>
    public long First { get; }

    /// <summary>When the orders were made.</summary>
    public DateTimeOffset GeneratedAt { get; }

    /// <summary>The orders, VIP ones first.</summary>
    public OrderDraw[] Orders { get; }

    /// <summary>How many are VIP.</summary>
    public int Vip { get; }

    /// <summary>How many are not.</summary>
    public int Normal => Orders.Length - Vip;

    /// <summary>Gives the orders' ids, one after the other: the run's, counted on by their place in the run.</summary>
    public SequentialIds Ids() => new(_runId, _place + 1);
}
