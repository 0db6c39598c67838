using System.Collections.Concurrent;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;
using MassTransit;

namespace BusIngest.Integration.RabbitMq.Parcels;

/// <summary>What came in at the endpoints of a test, in all processes that are started for it.</summary>
internal sealed class Post
{
    private readonly ConcurrentQueue<(string Endpoint, Guid MessageId, int Number)> _arrived = new();
    private int _tries;

    /// <summary>Whether the consumers' database is away.</summary>
    public bool IsStorageAway { get; set; }

    /// <summary>Whether the consumers fail at everything.</summary>
    public bool IsClosed { get; set; }

    /// <summary>How often a consumer was asked, in vain or not.</summary>
    public int Tries => Volatile.Read(ref _tries);

    /// <summary>What was consumed at an endpoint.</summary>
    public IReadOnlyList<(Guid MessageId, int Number)> At(string endpoint) =>
        [.. _arrived.Where(x => string.Equals(x.Endpoint, endpoint, StringComparison.Ordinal)).Select(x => (x.MessageId, x.Number))];

    /// <summary>Takes a message, with its transaction.</summary>
    public void Take(ConsumeContext context, string endpoint, params IEnumerable<int> numbers)
    {
        Interlocked.Increment(ref _tries);
        if (IsStorageAway)
            throw new StorageUnavailableException("The test took the database away.");
        if (IsClosed)
            throw new FormatException("The test closed the post.");
        var messageId = context.MessageId!.Value;
        context.Transaction().Write(1, _ =>
        {
            foreach (var number in numbers)
                _arrived.Enqueue((endpoint, messageId, number));
        });
    }
}
