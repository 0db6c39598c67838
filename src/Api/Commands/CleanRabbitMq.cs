using BusIngest.Bus.Transports.RabbitMq;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace BusIngest.Api.Commands;

/// <summary>Purges the program's queues. They stay, with who consumes from them; what a consumer has in hand stays with it.</summary>
/// <param name="options">Where the broker is.</param>
/// <param name="queues">The program's queues; those that are not there are passed over.</param>
internal sealed class CleanRabbitMq(RabbitMqOptions options, IReadOnlyList<string> queues) : ICleanTarget
{
    /// <inheritdoc />
    public string Name => $"RabbitMQ {options}";

    /// <inheritdoc />
    public async Task<CleanStock> CountAsync(CancellationToken cancellationToken)
    {
        var items = new List<CleanItem>();
        await EachAsync(
            async (channel, queue) => items.Add(new CleanItem(queue, (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount, "messages")),
            cancellationToken);
        return new CleanStock(items);
    }

    /// <inheritdoc />
    public Task CleanAsync(CancellationToken cancellationToken) =>
        EachAsync((channel, queue) => channel.QueuePurgeAsync(queue, cancellationToken), cancellationToken);

    private async Task EachAsync(Func<IChannel, string, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await Factory().CreateConnectionAsync("busingest clean", cancellationToken);
            foreach (var queue in queues)
                await OneAsync(connection, queue, work, cancellationToken);
            await connection.CloseAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is RabbitMQClientException or IOException)
        {
            throw new CommandException($"{Name}: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private static async Task OneAsync(IConnection connection, string queue, Func<IChannel, string, Task> work, CancellationToken cancellationToken)
    {
        // The broker closes a channel that asks for a queue that is not there.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await work(channel, queue);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason is { ReplyCode: Constants.NotFound })
        {
            // Nothing in it.
        }
    }

    private ConnectionFactory Factory() => new()
    {
        HostName = options.Host,
        Port = options.Port,
        VirtualHost = options.VirtualHost,
        UserName = options.User,
        Password = options.Password,
        Ssl = new SslOption(options.Host, enabled: options.UseTls),
        RequestedConnectionTimeout = options.ConnectTimeout,
        AutomaticRecoveryEnabled = false,
    };
}
