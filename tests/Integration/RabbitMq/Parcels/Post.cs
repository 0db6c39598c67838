using System.Collections.Concurrent;
using BusIngest.Bus.Storage;

namespace BusIngest.Integration.RabbitMq.Parcels;

/// <summary>What came in at the endpoints of a test, in all processes that are started for it.</summary>
internal sealed class Post
{
    private readonly ConcurrentQueue<(string Endpoint, Guid MessageId, int Number)> _arrived = new();
    private int _tries;

    /// <summary>Whether the consumers' database is away.</summary>
    public bool IsStorageAway { get; set; }

    /// <summary>How often a consumer was asked, in vain or not.</summary>
    public int Tries => Volatile.Read(ref _tries);

    /// <summary>What was consumed at an endpoint.</summary>
    public IReadOnlyList<(Guid MessageId, int Number)> At(string endpoint) =>
        [.. _arrived.Where(x => string.Equals(x.Endpoint, endpoint, StringComparison.Ordinal)).Select(x => (x.MessageId, x.Number))];

    /// <summary>Takes one.</summary>
    public void Take(string endpoint, Guid messageId, IEnumerable<int> numbers)
    {
        Interlocked.Increment(ref _tries);
        if (IsStorageAway)
            throw new StorageUnavailableException("The test took the database away.");
        foreach (var number in numbers)
            _arrived.Enqueue((endpoint, messageId, number));
    }
}
