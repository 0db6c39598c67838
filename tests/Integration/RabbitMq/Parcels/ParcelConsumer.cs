using System.Text.Json;
using MassTransit;

namespace BusIngest.Integration.RabbitMq.Parcels;

/// <summary>The queue `parcels`.</summary>
internal sealed class ParcelConsumer(Post post) : IConsumer<ParcelsSent>
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "parcels";

    public Task Consume(ConsumeContext<ParcelsSent> context)
    {
        var parcels = JsonSerializer.Deserialize(context.Message.Records, ParcelsJson.Default.ParcelArray)!;
        post.Take(context, Queue, parcels.Select(parcel => parcel.Number));
        return Task.CompletedTask;
    }
}
