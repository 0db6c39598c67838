using BusIngest.Bus.Failures;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>
/// The whole pipe of the queue of dead letters: each is kept among the failed messages, as one of the queue that it was taken out of, and can be sent
/// there again. A request is let go: nobody waits for it any more.
/// </summary>
internal sealed class KeepDeadLetters(FailedMessages failures, ILogger<KeepDeadLetters> logger) : IFilter<ReceiveContext>
{
    private const string Unknown = "unknown";

    /// <inheritdoc />
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var queue = context.TransportHeaders.Get<string>("x-first-death-queue") ?? Unknown;
        var reason = context.TransportHeaders.Get<string>("x-first-death-reason") ?? Unknown;
        if (ReceivedMessage.IsRequest(context))
        {
            logger.LogInformation("RabbitMQ took request {MessageId} out of {Queue} ({Reason}); nobody waits for its answer any more", context.GetMessageId(), queue, reason);
            return;
        }

        logger.LogWarning("RabbitMQ took message {MessageId} out of {Queue} ({Reason}); it is kept as failed", context.GetMessageId(), queue, reason);
        await failures.KeepAsync(context, queue, new DroppedByBrokerException(queue, reason));
    }

    /// <inheritdoc />
    public void Probe(ProbeContext context) => context.CreateFilterScope("keepDeadLetters");
}
