using System.Diagnostics;
using System.Globalization;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Telemetry;
using BusIngest.Bus.Transports;
using MassTransit;
using MassTransit.Context;
using MassTransit.Scheduling;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Scheduling;

/// <summary>
/// Schedules for MassTransit: its <see cref="IMessageScheduler"/>, a saga's Schedule and Unschedule, scheduled redelivery. Within a
/// consumer the message for later commits with everything else the consumer does; anywhere else it is on disk when the call ends.
/// </summary>
internal sealed class DurableScheduling : IScheduleMessageProvider
{
    private readonly TimeProvider _time;
    private readonly ISendEndpointProvider _sender;
    private readonly SubscriptionMap _subscriptions;
    private readonly Func<ScheduledEntry, CancellationToken, Task> _schedule;
    private readonly Func<Guid, CancellationToken, Task> _cancel;

    /// <summary>Schedules at once.</summary>
    public DurableScheduling(ISendEndpointProvider sender, SubscriptionMap subscriptions, IScheduledMessages schedule, TimeProvider time)
    {
        _time = time;
        _sender = sender;
        _subscriptions = subscriptions;
        _schedule = schedule.ScheduleAsync;
        _cancel = schedule.CancelAsync;
    }

    /// <summary>Schedules with a transaction.</summary>
    public DurableScheduling(ISendEndpointProvider sender, SubscriptionMap subscriptions, ConsumerTransaction transaction, TimeProvider time)
    {
        _time = time;
        _sender = sender;
        _subscriptions = subscriptions;
        _schedule = (entry, _) =>
        {
            transaction.Schedule(entry);
            return Task.CompletedTask;
        };
        _cancel = (token, _) =>
        {
            transaction.CancelScheduled(token);
            return Task.CompletedTask;
        };
    }

    /// <summary>Schedules for what is resolved from a scope: with the transaction of the message that it is the scope of, if there is one.</summary>
    public static DurableScheduling Of(IServiceProvider scope)
    {
        var (subscriptions, time) = (scope.GetRequiredService<SubscriptionMap>(), scope.GetRequiredService<TimeProvider>());
        var context = scope.GetRequiredService<ConsumeContext>();
        return context is not MissingConsumeContext && context.TryGetPayload<ConsumerTransaction>(out var transaction)
            ? new DurableScheduling(context, subscriptions, transaction, time)
            : new DurableScheduling(scope.GetRequiredService<ISendEndpointProvider>(), subscriptions, scope.GetRequiredService<IScheduledMessages>(), time);
    }

    /// <inheritdoc />
    public async Task<ScheduledMessage<T>> ScheduleSend<T>(
        Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class
    {
        using var span = Trace(typeof(T), scheduledTime);
        var token = ScheduleTokenIdCache<T>.GetTokenId(message, Guid.CreateVersion7(_time.GetUtcNow()));
        var endpoint = (ITransportSendEndpoint)await _sender.GetSendEndpoint(destinationAddress);
        var context = await endpoint.CreateSendContext(message, pipe, cancellationToken);
        // A redelivery comes with the id of the message it repeats; as a message of its own it has its own mark.
        context.MessageId = Guid.CreateVersion7(_time.GetUtcNow());
        context.Headers.Set(MessageHeaders.SchedulingTokenId, token.ToString("D"));

        var dueAt = new DateTimeOffset(scheduledTime.ToUniversalTime());
        var captured = CapturedMessage.Of(context);
        // That nobody subscribes yet is no error; an endpoint that is not there is one, and now is the time to say so.
        _subscriptions.Knows(captured);
        await _schedule(new ScheduledEntry(token, dueAt, captured), cancellationToken);
        return new ScheduledMessageHandle<T>(token, scheduledTime, destinationAddress, message);
    }

    private static Activity? Trace(Type message, DateTime scheduledTime)
    {
        var span = Tracing.IsOn ? Tracing.Source.StartActivity($"schedule {message.Name}", ActivityKind.Producer) : null;
        return span?.SetTag("busingest.due_at", scheduledTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
    }

    /// <inheritdoc />
    public Task CancelScheduledSend(Guid tokenId, CancellationToken cancellationToken) => _cancel(tokenId, cancellationToken);

    /// <inheritdoc />
    public Task CancelScheduledSend(Uri destinationAddress, Guid tokenId, CancellationToken cancellationToken) => _cancel(tokenId, cancellationToken);
}
