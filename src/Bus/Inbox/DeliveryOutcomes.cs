using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Transports;

namespace BusIngest.Bus.Inbox;

/// <summary>Tells the pump what became of each delivery: settled (consumed, or kept as failed), or not.</summary>
internal sealed class DeliveryOutcomes : IReceiveObserver
{
    private readonly ConcurrentDictionary<(Guid MessageId, string Endpoint), TaskCompletionSource<bool>> _expected = new();

    /// <summary>Announces a delivery, before it is sent.</summary>
    /// <returns>Completes with true when the endpoint settled the message, with false when it is to be delivered again.</returns>
    public Task<bool> Expect(Guid messageId, string endpoint)
    {
        var outcome = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _expected.GetOrAdd((messageId, endpoint), outcome).Task;
    }

    /// <summary>Gives up waiting for this outcome, and for no other that was announced for the same message since.</summary>
    public void Forget(Guid messageId, string endpoint, Task<bool> outcome)
    {
        if (_expected.TryGetValue((messageId, endpoint), out var expected) && expected.Task == outcome)
            _expected.TryRemove(new KeyValuePair<(Guid, string), TaskCompletionSource<bool>>((messageId, endpoint), expected));
    }

    /// <inheritdoc />
    public Task PostReceive(ReceiveContext context) => Settle(context, settled: true);

    /// <inheritdoc />
    public Task ReceiveFault(ReceiveContext context, Exception exception) => Settle(context, settled: false);

    /// <inheritdoc />
    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    /// <inheritdoc />
    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    /// <inheritdoc />
    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    private Task Settle(ReceiveContext context, bool settled)
    {
        if (context.GetMessageId() is { } messageId
            && context.InputAddress.GetEndpointName() is { } endpoint
            && _expected.TryRemove((messageId, endpoint), out var outcome))
        {
            outcome.TrySetResult(settled);
        }

        return Task.CompletedTask;
    }
}
