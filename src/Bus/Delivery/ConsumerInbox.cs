using BusIngest.Bus.Storage;
using MassTransit;
using MassTransit.Transports;

namespace BusIngest.Bus.Delivery;

/// <summary>
/// How a consumer keeps promise 2, "effects happen once": its effects and the mark that it has consumed the message commit
/// together, so that a message that comes again finds its mark and has no effect.
/// </summary>
public sealed class ConsumerInbox(MainDatabase database, TimeProvider time)
{
    /// <summary>Runs a consumer's effects unless they happened before, and completes when they are on disk.</summary>
    /// <param name="context">The message, whose id and endpoint make the mark.</param>
    /// <param name="rows">About how many rows the effects write.</param>
    /// <param name="effects">Runs on the database's writer; it must not block. If it throws, nothing of it stays.</param>
    /// <param name="repeated">Runs in place of the effects when they happened before; null: nothing does.</param>
    /// <returns>False when the effects had happened before.</returns>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    public Task<bool> ConsumeOnceAsync(
        ConsumeContext context, int rows, Action<SqliteSession> effects, Action<SqliteSession>? repeated = null)
    {
        var messageId = context.MessageId ?? throw new ArgumentException("The message has no id.", nameof(context));
        var endpoint = context.ReceiveContext.InputAddress.GetEndpointName()
            ?? throw new ArgumentException("The message came by no endpoint.", nameof(context));

        return database.Writer.WriteAsync(rows + 1, Consume, context.CancellationToken);

        bool Consume(SqliteSession session)
        {
            var first = session.Mark(messageId, endpoint, time.GetUtcNow());
            if (first)
                effects(session);
            else
                repeated?.Invoke(session);
            return first;
        }
    }
}
