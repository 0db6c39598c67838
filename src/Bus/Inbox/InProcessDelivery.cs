using System.Text.Json;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Telemetry;
using BusIngest.Bus.Transports;
using MassTransit;
using MassTransit.Serialization;

namespace BusIngest.Bus.Inbox;

/// <summary>Hands one message of the inbox to one endpoint of the in-process bus.</summary>
internal sealed class InProcessDelivery(IBus bus, ChunkFormats formats, DeliveryOutcomes outcomes, FailedMessages failures) : IEndpointDelivery
{
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

        IReadOnlyList<UnpackedMessage> messages;
        try
        {
            messages = formats.Unpack(message.MessageId, message.MessageType, message.Records, message.Body, message.Trace);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException)
        {
            return await KeepAsync(message, endpoint, exception);
        }

        var settled = await Task.WhenAll(messages.Select(unpacked => DeliverAsync(unpacked)));
        return Array.TrueForAll(settled, isSettled => isSettled);

        Task<bool> DeliverAsync(UnpackedMessage unpacked) => SettleAsync(
            unpacked.Id, endpoint, () => queue.Send(unpacked.Message, context => Describe(context, unpacked), cancellationToken), cancellationToken);
    }

    private static void Describe(SendContext context, UnpackedMessage unpacked)
    {
        context.MessageId = unpacked.Id;
        TraceHeaders.Write(context.Headers, unpacked.Trace);
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
