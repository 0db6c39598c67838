using BusIngest.Specs.Notes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Processes;

/// <summary>Processes whose endpoint `remarks` consumes remarks, each a message of its own.</summary>
internal static class RemarkProcess
{
    public static BusSetup With(RemarkListener listener) => new()
    {
        Services = services => services.AddSingleton(listener),
        Consumers = bus => bus.AddConsumer<RemarkConsumer>().Endpoint(endpoint => endpoint.Name = "remarks"),
    };

    /// <summary>Sends a remark under an id.</summary>
    public static async Task RemarkAsync(this BusProcess process, string text, Guid messageId)
    {
        var queue = await process.Get<IBus>().GetSendEndpoint(new Uri("queue:remarks"));
        await queue.Send(new Remark(text), context => context.MessageId = messageId, TestContext.Current.CancellationToken);
    }
}
