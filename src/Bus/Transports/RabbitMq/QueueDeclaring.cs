using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>Declares queues and exchanges on a channel, which the broker closes at each refusal.</summary>
internal sealed class QueueDeclaring(IConnection connection, RabbitMqOptions options) : IAsyncDisposable
{
    /// <summary>What makes two queues of different kinds, and not only of different arguments.</summary>
    private static readonly string[] Kinds = ["'x-queue-type'", "'durable'", "'exclusive'", "'auto_delete'"];

    private const string QuorumQueue = "a durable quorum queue";

    private IChannel? _channel;

    /// <summary>Declares a queue, or takes the one that is there.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="form">How it was found the last time, or is to be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How it is.</returns>
    /// <exception cref="RabbitMqTopologyException">There is one of another kind, or the user may not.</exception>
    public async Task<QueueForm> QueueAsync(string queue, QueueForm form, CancellationToken cancellationToken)
    {
        OperationInterruptedException? refusal = null;
        foreach (var attempt in form.Tries)
        {
            try
            {
                await DeclareAsync(queue, attempt, cancellationToken);
                return attempt;
            }
            catch (OperationInterruptedException exception) when (ReplyCode(exception) is Constants.PreconditionFailed or Constants.NotFound)
            {
                refusal = exception;
            }
            catch (OperationInterruptedException exception) when (IsRefusal(exception))
            {
                throw Explain("queue", queue, QuorumQueue, exception);
            }
        }

        if (ReplyCode(refusal!) == Constants.PreconditionFailed && Array.Exists(Kinds, kind => refusal!.ShutdownReason!.ReplyText.Contains(kind, StringComparison.Ordinal)))
            throw Explain("queue", queue, QuorumQueue, refusal!);

        // A quorum queue with other arguments takes and gives messages as well.
        await DeclareAsync(queue, QueueForm.Other, cancellationToken);
        return QueueForm.Other;
    }

    /// <summary>Declares a fanout exchange.</summary>
    /// <exception cref="RabbitMqTopologyException">There is one of another kind, or the user may not.</exception>
    public Task ExchangeAsync(string exchange, CancellationToken cancellationToken) => GuardAsync(
        "exchange", exchange, "a durable fanout exchange without arguments",
        channel => channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken),
        cancellationToken);

    /// <summary>Binds a queue to an exchange.</summary>
    public Task BindAsync(string queue, string exchange, CancellationToken cancellationToken) => GuardAsync(
        "queue", queue, "bound",
        channel => channel.QueueBindAsync(queue, exchange, routingKey: "", cancellationToken: cancellationToken),
        cancellationToken);

    /// <summary>Binds an exchange to another.</summary>
    public Task BindExchangeAsync(string destination, string source, CancellationToken cancellationToken) => GuardAsync(
        "exchange", source, "bound",
        channel => channel.ExchangeBindAsync(destination, source, routingKey: "", cancellationToken: cancellationToken),
        cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel)
            await channel.DisposeAsync();
    }

    private async Task DeclareAsync(string queue, QueueForm form, CancellationToken cancellationToken)
    {
        var channel = await ChannelAsync(cancellationToken);
        if (form.Arguments is { } arguments)
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
        else
            await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
    }

    private async Task GuardAsync(string what, string name, string needed, Func<IChannel, Task> declare, CancellationToken cancellationToken)
    {
        try
        {
            await declare(await ChannelAsync(cancellationToken));
        }
        catch (OperationInterruptedException exception) when (IsRefusal(exception))
        {
            throw Explain(what, name, needed, exception);
        }
    }

    private async Task<IChannel> ChannelAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true } open)
            return open;
        if (_channel is { } closed)
            await closed.DisposeAsync();
        return _channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
    }

    private RabbitMqTopologyException Explain(string what, string name, string needed, OperationInterruptedException exception) =>
        ReplyCode(exception) == Constants.AccessRefused
            ? RabbitMqTopologyException.Forbidden(what, name, options, exception)
            : RabbitMqTopologyException.OfAnotherKind(what, name, needed, exception);

    private static bool IsRefusal(OperationInterruptedException exception) =>
        ReplyCode(exception) is Constants.PreconditionFailed or Constants.ResourceLocked or Constants.AccessRefused;

    private static int ReplyCode(OperationInterruptedException exception) => exception.ShutdownReason?.ReplyCode ?? 0;
}
