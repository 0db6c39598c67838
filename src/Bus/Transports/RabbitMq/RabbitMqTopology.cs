using System.Collections.Concurrent;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>
/// The queues and exchanges of all endpoints of the program, as MassTransit would declare them. They are there before the first publish, whoever
/// starts first: what is published to an exchange that no queue is bound to yet would be lost.
/// </summary>
/// <remarks>
/// What the broker itself takes out of a queue (by its delivery limit, a time to live, a length, a policy) goes to <see cref="DeadLetters"/>. The arguments
/// of a queue can't be changed: one that an earlier version has declared is used as it is, and the log says how a policy mends it.
/// </remarks>
internal sealed class RabbitMqTopology(
    IServiceProvider services, SubscriptionMap subscriptions, RabbitMqOptions options, ILogger<RabbitMqTopology> logger)
{
    /// <summary>The queue, and the exchange before it, of what the broker has taken out of another one.</summary>
    public const string DeadLetters = "busingest-dead-letters";

    private static readonly RabbitMqMessageNameFormatter Names = new();

    private readonly ConcurrentDictionary<string, QueueForm> _forms = new(StringComparer.Ordinal);
    private string? _told;

    /// <summary>The exchange that a message is published to.</summary>
    public static string ExchangeOf(Type messageType) => Names.GetMessageName(messageType);

    /// <summary>How a queue is to be declared, so that it is taken for the one that is there.</summary>
    public QueueForm FormOf(string queue) =>
        string.Equals(queue, DeadLetters, StringComparison.Ordinal) ? QueueForm.DeadLetters : _forms.GetValueOrDefault(queue, QueueForm.Guarded);

    /// <summary>Declares everything; what is there already stays as it is.</summary>
    /// <exception cref="RabbitMqTopologyException">Something is there by the same name, and is of another kind; or the user may not declare it.</exception>
    public async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        // The subscriptions are gathered when the bus is built.
        services.GetRequiredService<IBus>();
        await using var declaring = new QueueDeclaring(connection, options);
        await declaring.QueueAsync(DeadLetters, QueueForm.DeadLetters, cancellationToken);
        await declaring.ExchangeAsync(DeadLetters, cancellationToken);
        await declaring.BindAsync(DeadLetters, DeadLetters, cancellationToken);
        foreach (var (endpoint, messages) in subscriptions.Subscriptions)
        {
            _forms[endpoint] = await declaring.QueueAsync(endpoint, FormOf(endpoint), cancellationToken);
            await declaring.ExchangeAsync(endpoint, cancellationToken);
            await declaring.BindAsync(endpoint, endpoint, cancellationToken);
            foreach (var exchange in messages.Select(ExchangeOf))
            {
                await declaring.ExchangeAsync(exchange, cancellationToken);
                await declaring.BindExchangeAsync(endpoint, exchange, cancellationToken);
            }
        }

        TellOfUnguarded();
    }

    private void TellOfUnguarded()
    {
        var queues = _forms.Where(queue => queue.Value != QueueForm.Guarded).Select(queue => queue.Key).Order(StringComparer.Ordinal).ToList();
        var names = string.Join('|', queues);
        if (queues.Count == 0 || string.Equals(names, _told, StringComparison.Ordinal))
            return;

        // Once, and not with every connection.
        _told = names;
        logger.LogWarning(
            "{Count} queues have the arguments of an earlier version, or others: what RabbitMQ itself takes out of them (by its delivery limit, say) is lost. To have it kept: {Command}",
            queues.Count, PolicyCommand(names));
    }

    /// <summary>What an operator runs to have dead letters of queues kept that were declared without.</summary>
    private string PolicyCommand(string names) =>
        $$"""rabbitmqctl set_policy -p {{options.VirtualHost}} --priority 100 --apply-to queues {{DeadLetters}} '^({{names.Replace(".", "\\.", StringComparison.Ordinal)}})$' '{"dead-letter-exchange":"{{DeadLetters}}","dead-letter-strategy":"at-least-once","overflow":"reject-publish"}'""";
}
