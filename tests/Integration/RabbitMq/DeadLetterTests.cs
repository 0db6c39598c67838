using BusIngest.Bus;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Integration.RabbitMq.Parcels;
using BusIngest.Support;
using BusIngest.Support.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace BusIngest.Integration.RabbitMq;

/// <summary>What RabbitMQ takes out of a queue by rules of its own.</summary>
public sealed class DeadLetterTests(SharedServers servers) : RabbitMqTest
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private ScratchVhost? _vhost;

    private ScratchVhost Vhost => _vhost!;

    public override async ValueTask InitializeAsync() => _vhost = Own(await servers.VhostAsync(Token));

    [Fact]
    public async Task Should_keep_what_a_policy_has_expire_and_send_it_again_where_it_was()
    {
        await Vhost.SetPolicyAsync(LetterArchive.Queue, new Dictionary<string, object>(StringComparer.Ordinal) { ["message-ttl"] = 100 }, Token);
        // Nobody takes letters out of the archive: that is another role's.
        var process = await StartAsync(Vhost.Url, Roles.Api | Roles.Workers);
        await process.UntilUpAsync();
        var letters = Letters(endpoint: null, 1);
        await process.Lane.ForwardAsync(letters, Token);

        var kept = Assert.Single(await KeptAsync(process, 1));
        Assert.Equal((LetterArchive.Queue, nameof(Letter)), (kept.Endpoint, kept.MessageType));
        Assert.Contains("message-ttl", kept.ExceptionMessage, StringComparison.Ordinal);

        // Or what is sent again may expire once more, on a busy machine.
        await Vhost.SetPolicyAsync(LetterArchive.Queue, new Dictionary<string, object>(StringComparer.Ordinal) { ["message-ttl"] = 600_000 }, Token);
        await StartAsync(Vhost.Url, Roles.Seeder);
        Assert.True(await process.Get<IFailedMessages>().RetryAsync(kept.Id, Token));
        await ArriveAsync(LetterArchive.Queue, 1);
    }

    [Fact]
    public async Task Should_keep_what_was_delivered_too_often()
    {
        await Vhost.SetPolicyAsync(ParcelConsumer.Queue, new Dictionary<string, object>(StringComparer.Ordinal) { ["delivery-limit"] = 1 }, Token);
        var api = await StartAsync(Vhost.Url, Roles.Api);
        await api.UntilUpAsync();
        var parcels = Parcels(endpoint: null, 1, 2, 3);
        await api.Lane.ForwardAsync(parcels, Token);
        await using (var connection = await ConnectAsync())
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
            for (var delivery = 0; delivery < 2; delivery++)
            {
                var message = await Eventually.BecomesAsync(
                    "a delivery", async token => await channel.BasicGetAsync(ParcelConsumer.Queue, autoAck: false, token), got => got is not null, Deadline, Token);
                await channel.BasicNackAsync(message!.DeliveryTag, multiple: false, requeue: true, Token);
            }
        }

        await Eventually.HoldsAsync("the dead letter", async token => await api.Get<IBacklog>().MessagesAsync(token) == 1, Deadline, Token);
        await Eventually.HoldsAsync("health", async token => (await HealthAsync(api, token)).Status == HealthStatus.Degraded, Deadline, Token);
        Assert.Contains(RabbitMqTopology.DeadLetters, (await HealthAsync(api, Token)).Description, StringComparison.Ordinal);

        var worker = await StartAsync(Vhost.Url, Roles.Workers);
        var kept = Assert.Single(await KeptAsync(worker, 1));
        Assert.Equal((parcels.MessageId, ParcelConsumer.Queue, 3), (kept.MessageId, kept.Endpoint, kept.Records));
        Assert.Contains("delivery limit", kept.ExceptionMessage, StringComparison.Ordinal);
        await Eventually.HoldsAsync("health", async token => (await HealthAsync(api, token)).Status == HealthStatus.Healthy, Deadline, Token);
    }

    [Fact]
    public async Task Should_refuse_what_is_new_rather_than_drop_what_is_old_where_a_policy_bounds_a_queue()
    {
        await Vhost.SetPolicyAsync(ParcelConsumer.Queue, new Dictionary<string, object>(StringComparer.Ordinal) { ["max-length"] = 1 }, Token);
        var api = await StartAsync(Vhost.Url, Roles.Api);
        await api.UntilUpAsync();
        var taken = new List<int>();
        await Eventually.HoldsAsync("a refusal", async token =>
        {
            try
            {
                await api.Lane.ForwardAsync(Parcels(endpoint: null, taken.Count), token);
                taken.Add(taken.Count);
                return false;
            }
            catch (RabbitMqUnavailableException)
            {
                return true;
            }
        }, Deadline, Token);

        await StartAsync(Vhost.Url, Roles.Workers);

        await ArriveAsync(ParcelConsumer.Queue, taken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_go_on_with_queues_that_have_other_arguments(bool bounded)
    {
        await using (var connection = await ConnectAsync())
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
            var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" };
            if (bounded)
                arguments["x-max-length"] = 1_000_000;
            foreach (var queue in new[] { ParcelConsumer.Queue, LetterConsumer.Queue })
                await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: Token);
        }

        var process = await StartAsync(Vhost.Url, Roles.All);
        await process.UntilUpAsync();
        await process.Lane.ForwardAsync(Parcels(endpoint: null, 1), Token);
        await process.Lane.ForwardAsync(Letters(endpoint: null, 2), Token);

        await ArriveAsync(ParcelConsumer.Queue, 1);
        await ArriveAsync(LetterConsumer.Queue, 2);
        await ArriveAsync(LetterArchive.Queue, 2);
        await Eventually.HoldsAsync(
            "health", async token => (await process.Get<HealthCheckService>().CheckHealthAsync(token)).Status == HealthStatus.Healthy, Deadline, Token);
    }

    [Fact]
    public async Task Should_say_what_permits_a_user_that_may_not_declare_and_begin_once_it_may()
    {
        await using var user = await BrokerUser.CreateAsync(servers.Cluster.RabbitMqManagement, Vhost.Name, "p4ss", Token);
        await user.ForbidDeclaringAsync(Token);
        var process = await StartAsync(user.In(Vhost.Url), Roles.All);

        await UntilAsync("trouble", () => process.Connection.Trouble?.Contains("rabbitmqctl set_permissions", StringComparison.Ordinal) == true);

        await user.PermitAsync(Token);
        await process.ForwardUntilTakenAsync(Parcels(endpoint: null, 1));
        await ArriveAsync(ParcelConsumer.Queue, 1);
    }

    private static async Task<HealthReportEntry> HealthAsync(RabbitMqProcess process, CancellationToken cancellationToken) =>
        (await process.Get<HealthCheckService>().CheckHealthAsync(cancellationToken)).Entries["rabbitmq"];

    private static async Task<List<FailedMessage>> KeptAsync(RabbitMqProcess process, int count) => await Eventually.BecomesAsync(
        "what is kept",
        async token =>
        {
            await using var context = process.Get<DeliveryContext>();
            return await context.FailedMessages.ToListAsync(token);
        },
        kept => kept.Count == count,
        Deadline,
        Token);

    private Task<IConnection> ConnectAsync() => new ConnectionFactory { Uri = new Uri(Vhost.Url) }.CreateConnectionAsync(Token);
}
