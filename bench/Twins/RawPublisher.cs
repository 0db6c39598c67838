using System.Text.Json;
using BusIngest.Contracts.Cars;
using RabbitMQ.Client;

namespace BusIngest.Bench.Twins;

/// <summary>RabbitMQ.Client alone: persistent messages to a quorum queue, each call awaiting its own confirm.</summary>
internal sealed class RawPublisher : IAsyncDisposable
{
    private const int Channels = 4;
    private static readonly BasicProperties Persistent = new() { Persistent = true };

    private readonly IConnection _connection;
    private readonly IChannel[] _channels;
    private int _next;

    private RawPublisher(IConnection connection, IChannel[] channels) => (_connection, _channels) = (connection, channels);

    /// <summary>The queue.</summary>
    public const string Queue = "raw-cars";

    /// <summary>Connects, and declares the queue.</summary>
    public static async Task<RawPublisher> StartAsync(string url)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(url) }.CreateConnectionAsync();
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        var channels = new IChannel[Channels];
        for (var i = 0; i < Channels; i++)
            channels[i] = await connection.CreateChannelAsync(options);
        await channels[0].QueueDeclareAsync(
            Queue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { [Headers.XQueueType] = "quorum" });
        return new RawPublisher(connection, channels);
    }

    /// <summary>Publishes one car.</summary>
    public Task PublishAsync(Car car) => PublishAsync(JsonSerializer.SerializeToUtf8Bytes(car, CarsJson.Default.Car));

    /// <summary>Publishes many in one message.</summary>
    public Task PublishAsync(Car[] cars) => PublishAsync(JsonSerializer.SerializeToUtf8Bytes(cars, CarsJson.Default.CarArray));

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    /// <summary>Publishes a body.</summary>
    public Task PublishAsync(byte[] body)
    {
        var channel = _channels[(uint)Interlocked.Increment(ref _next) % Channels];
        return channel.BasicPublishAsync("", Queue, mandatory: true, Persistent, body).AsTask();
    }
}
