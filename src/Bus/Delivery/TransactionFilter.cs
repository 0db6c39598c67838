using BusIngest.Bus.Requests;
using BusIngest.Bus.Telemetry;
using BusIngest.Bus.Transports;
using MassTransit;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Delivery;

/// <summary>Stands around the consumers of a message at an endpoint: what they do commits when they have returned, once.</summary>
/// <typeparam name="T">The message.</typeparam>
internal sealed class TransactionFilter<T>(
    ConsumerInbox inbox, SubscriptionMap subscriptions, TimeProvider time, IServiceProvider services) : IFilter<ConsumeContext<T>>
    where T : class
{
    /// <summary>
    /// A repeat is found by its mark before it is consumed, for consumers that do more than write. Those of a chunk do not, and the
    /// transaction finds the mark anyway: that saves bulk flows the look.
    /// </summary>
    private static readonly bool LooksFirst = !ChunkTypes.IsChunk(typeof(T));

    private static readonly string SpanName = $"process {typeof(T).Name}";

    private ConsumeMeter? _meter;

    /// <inheritdoc />
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var transaction = Begin(context);
        var meter = _meter ??= new ConsumeMeter(transaction.Endpoint, typeof(T));
        using var span = ConsumeSpan.Start(SpanName, transaction.Endpoint, context);
        var begun = time.GetTimestamp();
        meter.Begin(context, time.GetUtcNow());
        try
        {
            if (await ConsumeAsync(context, next, transaction))
                meter.Consumed(time.GetElapsedTime(begun), RecordCount<T>.Of(context.Message));
            else
                meter.Repeated(time.GetElapsedTime(begun));
        }
        catch (Exception exception)
        {
            span.Fail(exception);
            meter.Failed(time.GetElapsedTime(begun), exception);
            throw;
        }
    }

    /// <inheritdoc />
    public void Probe(ProbeContext context) => context.CreateFilterScope("consumerTransaction");

    /// <summary>Consumes a message; false when that was done before, or is too late.</summary>
    private async Task<bool> ConsumeAsync(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next, ConsumerTransaction transaction)
    {
        if (LooksFirst && await inbox.HasConsumedAsync(transaction, context.CancellationToken))
        {
            // Or the message would count as one that nobody takes.
            await context.NotifyConsumed(context, TimeSpan.Zero, nameof(TransactionFilter<>));
            return false;
        }

        try
        {
            await next.Send(new TransactionalContext<T>(context, transaction, subscriptions, time, services));
        }
        catch (RequestExpiredException exception)
        {
            await ConsumerInbox.AbandonAsync(transaction);
            LogRefusal(transaction, exception);
            await context.NotifyConsumed(context, TimeSpan.Zero, nameof(TransactionFilter<>));
            return false;
        }
        catch
        {
            await ConsumerInbox.AbandonAsync(transaction);
            throw;
        }

        try
        {
            return await inbox.CommitAsync(transaction, context);
        }
        catch (RequestExpiredException exception)
        {
            LogRefusal(transaction, exception);
            return false;
        }
        catch (Exception exception)
        {
            // To MassTransit the consumer has done well; whoever asked must hear that it has not.
            await context.NotifyFaulted(context, TimeSpan.Zero, nameof(TransactionFilter<>), exception);
            throw;
        }
    }

    private void LogRefusal(ConsumerTransaction transaction, RequestExpiredException exception) => services
        .GetRequiredService<ILogger<ConsumerInbox>>()
        .LogWarning("{Endpoint} does not carry out {Message} {MessageId}: {Reason}", transaction.Endpoint, typeof(T).Name, transaction.MessageId, exception.Message);

    private ConsumerTransaction Begin(ConsumeContext<T> context) => inbox.Begin(
        context.MessageId ?? throw new MessageException(typeof(T), "The message has no id."),
        context.ReceiveContext.InputAddress.GetEndpointName() ?? throw new MessageException(typeof(T), "The message came by no endpoint."),
        RequestDeadline.Of(context));
}
