using BusIngest.Bus.Delivery;
using BusIngest.Bus.Telemetry;
using BusIngest.Bus.Transports;
using MassTransit;
using MassTransit.Context;
using MassTransit.Scheduling;

namespace BusIngest.Bus.Scheduling;

/// <summary>Takes in MassTransit's own scheduling messages, of a sender whose scheduler is the queue `schedule`.</summary>
internal sealed class ScheduleMessageConsumer(SubscriptionMap subscriptions, TimeProvider time) : IConsumer<ScheduleMessage>, IConsumer<CancelScheduledMessage>
{
    /// <inheritdoc />
    public Task Consume(ConsumeContext<ScheduleMessage> context)
    {
        var command = context.Message;
        // The envelope of what it carries, with this message's own headers.
        var envelope = new MessageSendContext<ScheduleMessage>(command)
        {
            MessageId = Guid.CreateVersion7(time.GetUtcNow()),
            DestinationAddress = command.Destination,
            SourceAddress = context.SourceAddress,
            ConversationId = context.ConversationId,
            CorrelationId = context.CorrelationId,
        };
        envelope.Headers.Set(MessageHeaders.SchedulingTokenId, command.CorrelationId.ToString("D"));
        TraceHeaders.Write(envelope.Headers);
        var body = context.SerializerContext.GetMessageSerializer(command.Payload, command.PayloadType).GetMessageBody(envelope);

        var message = new CapturedMessage(envelope.MessageId.Value, TypeName(command), EndpointOf(command), body.GetBytes());
        subscriptions.Knows(message);
        context.Transaction().Schedule(new ScheduledEntry(command.CorrelationId, new DateTimeOffset(command.ScheduledTime.ToUniversalTime()), message));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Consume(ConsumeContext<CancelScheduledMessage> context)
    {
        context.Transaction().CancelScheduled(context.Message.TokenId);
        return Task.CompletedTask;
    }

    /// <summary>`urn:message:Namespace:Type`.</summary>
    private static string TypeName(ScheduleMessage command) =>
        command.PayloadType is [{ } urn, ..] ? urn[(urn.LastIndexOf(':') + 1)..] : throw new MessageException(typeof(ScheduleMessage), "It has no payload type.");

    private static string? EndpointOf(ScheduleMessage command) => CapturedMessage.EndpointOf(command.Destination);
}
