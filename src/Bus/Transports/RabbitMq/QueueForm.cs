using RabbitMQ.Client;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>The arguments that a durable queue is declared with.</summary>
/// <param name="Arguments">The arguments; null: it is there with others than ours, and only looked for.</param>
internal sealed record QueueForm(IDictionary<string, object?>? Arguments)
{
    private const string QuorumQueue = "quorum";

    /// <summary>How often a message is delivered before the broker takes it for one that kills its consumers. RabbitMQ 4 takes 20 by itself, which a
    /// message that waits for its database may reach by lost connections alone.</summary>
    private const int DeliveryLimit = 100;

    /// <summary>Dead letters wait for the database, however long, and there is no other place that they could go.</summary>
    private const int DeadLetterDeliveryLimit = 1_000_000;

    /// <summary>Nothing that the broker takes out vanishes: it is handed on with a confirm, and a queue at its length refuses what is new.</summary>
    public static QueueForm Guarded { get; } = new(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        [Headers.XQueueType] = QuorumQueue,
        [Headers.XDeadLetterExchange] = RabbitMqTopology.DeadLetters,
        ["x-dead-letter-strategy"] = "at-least-once",
        [Headers.XOverflow] = "reject-publish",
        ["x-delivery-limit"] = DeliveryLimit,
    });

    /// <summary>As earlier versions declared it.</summary>
    public static QueueForm Plain { get; } = new(new Dictionary<string, object?>(StringComparer.Ordinal) { [Headers.XQueueType] = QuorumQueue });

    /// <summary>The queue of dead letters.</summary>
    public static QueueForm DeadLetters { get; } = new(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        [Headers.XQueueType] = QuorumQueue,
        ["x-delivery-limit"] = DeadLetterDeliveryLimit,
    });

    /// <summary>A quorum queue with arguments of somebody else's.</summary>
    public static QueueForm Other { get; } = new((IDictionary<string, object?>?)null);

    /// <summary>In which order a queue is tried to be declared that was last found so.</summary>
    public IEnumerable<QueueForm> Tries => this == DeadLetters ? [DeadLetters, Plain] : this == Guarded ? [Guarded, Plain] : [this, Guarded, Plain];
}
