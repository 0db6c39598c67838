using BusIngest.Bus;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Integration.RabbitMq.Parcels;
using BusIngest.Support;
using BusIngest.Support.Servers;
using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace BusIngest.Integration.RabbitMq;

public sealed class TopologyTests(SharedServers servers) : RabbitMqTest
{
    private static readonly string[] Queues = [RabbitMqTopology.DeadLetters, LetterConsumer.Queue, LetterArchive.Queue, ParcelConsumer.Queue, ScheduleMessageDefinition.Queue];

    private ScratchVhost? _vhost;

    private string Url => _vhost!.Url;

    public override async ValueTask InitializeAsync() => _vhost = Own(await servers.VhostAsync(Token));

    [Fact]
    public async Task Should_lose_nothing_that_is_published_before_anybody_consumes()
    {
        var api = await StartAsync(Url, Roles.Api);
        await api.UntilUpAsync();

        await api.Lane.ForwardAsync(Parcels(endpoint: null, 1), Token);
        await api.Lane.ForwardAsync(Letters(endpoint: null, 2, 3), Token);
        await StartAsync(Url, Roles.Workers | Roles.Seeder);

        await ArriveAsync(ParcelConsumer.Queue, 1);
        await ArriveAsync(LetterConsumer.Queue, 2, 3);
        await ArriveAsync(LetterArchive.Queue, 2, 3);
    }

    [Fact]
    public async Task Should_serve_the_endpoints_of_its_roles_alone()
    {
        var workers = await StartAsync(Url, Roles.Api | Roles.Workers);
        await workers.UntilUpAsync();

        await workers.Lane.ForwardAsync(Letters(endpoint: null, 1), Token);
        await ArriveAsync(LetterConsumer.Queue, 1);

        await UntilCountsAsync(LetterArchive.Queue, messages: 1, consumers: 0);
        await UntilCountsAsync(ScheduleMessageDefinition.Queue, messages: 0, consumers: 0);
        await UntilCountsAsync(ParcelConsumer.Queue, messages: 0, consumers: 1);
        Assert.Empty(Post.At(LetterArchive.Queue));
    }

    [Fact]
    public async Task Should_leave_no_queue_but_the_durable_ones()
    {
        var process = await StartAsync(Url, Roles.All);
        var client = process.Get<IClientFactory>().CreateRequestClient<Letter>(RequestTimeout.After(s: 20));
        await client.GetResponse<LetterRead>(new Letter(1), Token);
        Assert.True((await _vhost!.QueuesAsync(Token)).Count > Queues.Length, "a request needs a queue for its answer");

        await process.StopAsync();

        var left = await Eventually.BecomesAsync(
            "the queue for answers to go", _vhost.QueuesAsync, queues => queues.Count == Queues.Length, TimeSpan.FromSeconds(20), Token);
        Assert.Equal(Queues.Order(StringComparer.Ordinal), left.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Should_answer_what_is_asked_while_the_bus_comes_up()
    {
        for (var round = 0; round < 5; round++)
        {
            var process = await StartAsync(Url, Roles.All);
            var client = process.Get<IClientFactory>().CreateRequestClient<Letter>(RequestTimeout.After(s: 20));

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => client.GetResponse<LetterRead>(new Letter(i), Token)));

            Assert.Equal([0, 1, 2, 3], answers.Select(answer => answer.Message.Number));
            await process.StopAsync();
        }
    }

    [Fact]
    public async Task Should_be_called_by_its_roles()
    {
        var process = await StartAsync(Url, Roles.Api | Roles.Sagas);
        await process.UntilUpAsync();

        var name = $"busingest api,sagas@{Environment.MachineName} {Environment.ProcessId}";
        await Eventually.HoldsAsync(
            "both connections",
            async token => (await _vhost!.ConnectionsAsync(token)).Order(StringComparer.Ordinal).SequenceEqual([name, $"{name} publisher"], StringComparer.Ordinal),
            TimeSpan.FromSeconds(20),
            Token);
    }

    [Fact]
    public async Task Should_name_a_queue_that_is_of_another_kind_and_begin_once_it_is_gone()
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        await channel.QueueDeclareAsync(LetterConsumer.Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);

        var process = await StartAsync(Url, Roles.All);
        await UntilAsync("trouble", () => process.Connection.Trouble?.Contains($"The queue {LetterConsumer.Queue} exists", StringComparison.Ordinal) == true);
        var health = await process.Get<HealthCheckService>().CheckHealthAsync(Token);
        Assert.Equal(HealthStatus.Degraded, health.Entries["rabbitmq"].Status);
        Assert.Equal(HealthStatus.Degraded, health.Status);

        await channel.QueueDeleteAsync(LetterConsumer.Queue, cancellationToken: Token);
        await process.ForwardUntilTakenAsync(Letters(endpoint: null, 1));
        await ArriveAsync(LetterConsumer.Queue, 1);
        await Eventually.HoldsAsync(
            "health", async token => (await process.Get<HealthCheckService>().CheckHealthAsync(token)).Status == HealthStatus.Healthy, TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task Should_declare_a_queue_again_that_somebody_deleted()
    {
        var process = await StartAsync(Url, Roles.Api);
        await process.UntilUpAsync();
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        await channel.QueueDeleteAsync(ParcelConsumer.Queue, cancellationToken: Token);

        await Assert.ThrowsAsync<UnroutableMessageException>(
            () => process.Lane.ForwardAsync(Parcels(endpoint: null, 1), Token));
        await process.ForwardUntilTakenAsync(Parcels(endpoint: null, 2));

        await UntilCountsAsync(ParcelConsumer.Queue, messages: 1, consumers: 0);
    }

    private Task<IConnection> ConnectAsync() => new ConnectionFactory { Uri = new Uri(Url) }.CreateConnectionAsync(Token);

    private async Task UntilCountsAsync(string queue, uint messages, uint consumers)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        var counts = await Eventually.BecomesAsync(
            $"{messages} messages and {consumers} consumers at {queue}",
            token => channel.QueueDeclarePassiveAsync(queue, token),
            seen => seen.MessageCount == messages && seen.ConsumerCount == consumers,
            TimeSpan.FromSeconds(20),
            Token);
        Assert.Equal(queue, counts.QueueName);
    }
}
