using BusIngest.Bus;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using BusIngest.Integration.RabbitMq.Parcels;
using BusIngest.Support;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Integration.RabbitMq;

public sealed class GivenUpTests(SharedServers servers) : RabbitMqTest
{
    [Fact]
    public async Task Should_keep_what_its_consumer_gives_up_and_take_the_next()
    {
        var vhost = Own(await servers.VhostAsync(Token));
        Post.IsClosed = true;
        var process = await StartAsync(vhost.Url, Roles.All);
        await process.UntilUpAsync();
        var parcels = Parcels(endpoint: null, 1, 2);

        await process.Lane.ForwardAsync(parcels, Token);

        var kept = await Eventually.BecomesAsync("a failure", token => FailuresAsync(process, token), failures => failures.Count == 1, TimeSpan.FromSeconds(20), Token);
        Assert.Equal((parcels.MessageId, ParcelConsumer.Queue, 2, 2), (kept[0].MessageId, kept[0].Endpoint, kept[0].Records, kept[0].Attempts));
        Post.IsClosed = false;
        await process.Lane.ForwardAsync(Parcels(endpoint: null, 3), Token);
        await ArriveAsync(ParcelConsumer.Queue, 3);
        Assert.DoesNotContain(await vhost.QueuesAsync(Token), queue => queue.EndsWith("_error", StringComparison.Ordinal));
    }

    private static async Task<List<FailedMessage>> FailuresAsync(RabbitMqProcess process, CancellationToken cancellationToken)
    {
        await using var context = process.Get<DeliveryContext>();
        return await context.FailedMessages.ToListAsync(cancellationToken);
    }
}
