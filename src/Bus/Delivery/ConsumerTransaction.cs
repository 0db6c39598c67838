using BusIngest.Bus.Storage;
using MassTransit;

namespace BusIngest.Bus.Delivery;

/// <summary>
/// What consuming a message writes. How promise 2, "effects happen once", is kept: once the consumer has returned, its effects, the
/// mark that it has consumed the message, and the messages that it sent commit together; a message that comes again finds its mark
/// and has no effect. If the consumer throws, nothing of it happened.
/// </summary>
public sealed class ConsumerTransaction
{
    private readonly List<Action<SqliteSession>> _effects = [];

    /// <summary>Adds effects, which happen in the order of being added.</summary>
    /// <param name="rows">About how many rows they write.</param>
    /// <param name="effects">Runs on the database's writer, alone; it must not block.</param>
    public void Write(int rows, Action<SqliteSession> effects)
    {
        Rows += rows;
        _effects.Add(effects);
    }

    /// <summary>About how many rows it writes.</summary>
    internal int Rows { get; private set; }
}

/// <summary>Gets at the transaction of the message at hand.</summary>
public static class ConsumerTransactionExtensions
{
    /// <summary>The transaction that commits once the consumer of this message has returned.</summary>
    public static ConsumerTransaction Transaction(this ConsumeContext context) => context.GetPayload<ConsumerTransaction>();
}
