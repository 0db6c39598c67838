using System.Text.Json;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports;
using BusIngest.Contracts;
using MassTransit;
using MassTransit.Serialization;

namespace BusIngest.Bus.Inbox;

/// <summary>Hands one message of the inbox to one endpoint of the in-process bus.</summary>
internal sealed class InProcessDelivery(IBus bus, IEnumerable<ChunkFormat> formats, DeliveryOutcomes outcomes, FailedMessages failures)
{
    private readonly Dictionary<string, ChunkFormat> _formats = formats.ToDictionary(format => format.Name, StringComparer.Ordinal);

    /// <summary>Sends, and waits for what becomes of it.</summary>
    /// <returns>True when the message is settled there; false when it has to be delivered again.</returns>
    /// <exception cref="OperationCanceledException">The process stops; the outcome is unknown.</exception>
    public async Task<bool> DeliverAsync(InboxMessage message, string endpoint, CancellationToken cancellationToken)
    {
        var queue = await bus.GetSendEndpoint(new Uri($"queue:{endpoint}"));
        if (!string.Equals(message.ContentType, StoredBody.Records, StringComparison.Ordinal))
        {
            var envelope = new StoredEnvelope(message.MessageId, message.Body);
            return await SettleAsync(message.MessageId, endpoint, () => queue.Send(new SerializedMessageBody(), envelope, cancellationToken), cancellationToken);
        }

        IReadOnlyList<object> messages;
        try
        {
            messages = _formats[message.MessageType].CreateMessages(message.Records, message.Body);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException)
        {
            return await KeepAsync(message, endpoint, exception);
        }

        if (messages.Count == 1)
            return await DeliverAsync(message.MessageId, messages[0]);

        // The same ids at every delivery, so that those which were consumed before find their marks.
        var ids = new SequentialIds(message.MessageId);
        var settled = await Task.WhenAll(messages.Select(record => DeliverAsync(ids.Next(), record)));
        return Array.TrueForAll(settled, isSettled => isSettled);

        Task<bool> DeliverAsync(Guid id, object record) =>
            SettleAsync(id, endpoint, () => queue.Send(record, context => context.MessageId = id, cancellationToken), cancellationToken);
    }

    /// <summary>A row of another version, say: kept as failed, or each such row would hold up one delivery for ever.</summary>
    private async Task<bool> KeepAsync(InboxMessage message, string endpoint, Exception exception)
    {
        try
        {
            await failures.KeepAsync(message, endpoint, exception);
            return true;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    private async Task<bool> SettleAsync(Guid messageId, string endpoint, Func<Task> send, CancellationToken cancellationToken)
    {
        var settled = outcomes.Expect(messageId, endpoint);
        try
        {
            await send();
            return await settled.WaitAsync(cancellationToken);
        }
        finally
        {
            outcomes.Forget(messageId, endpoint, settled);
        }
    }
}
