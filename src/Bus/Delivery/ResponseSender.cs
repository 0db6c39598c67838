using BusIngest.Bus.Transports;
using MassTransit;
using MassTransit.Serialization;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Delivery;

/// <summary>Sends answers that were held back until their transaction was committed.</summary>
internal sealed class ResponseSender(TimeProvider time, ILogger<ResponseSender> logger)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>Sends them. One that can't be sent is logged: what it tells of has happened all the same, and must not be tried again.</summary>
    public async Task SendAsync(ConsumeContext context, IReadOnlyList<StoredResponse> responses)
    {
        foreach (var response in responses)
        {
            using var deadline = new CancellationTokenSource(Deadline, time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, deadline.Token);
            try
            {
                var endpoint = await context.GetSendEndpoint(response.Destination);
                await endpoint.Send(new SerializedMessageBody(), new StoredEnvelope(response.MessageId, response.Envelope), linked.Token);
            }
            catch (Exception exception)
            {
                logger.LogWarning(exception, "An answer could not be sent to {Destination}", response.Destination);
            }
        }
    }
}
