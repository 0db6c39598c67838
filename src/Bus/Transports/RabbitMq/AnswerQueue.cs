using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>
/// Holds requests back until this process's queue for answers is there. MassTransit waits for it as well, but only once the bus is up: what
/// is asked while it comes up, in the first moments of a process, may be answered before the queue is bound, and the answer is dropped.
/// </summary>
/// <param name="services">Has the bus; it is asked for late, as this is needed to make it.</param>
internal sealed class AnswerQueue(IServiceProvider services) : IReceiveEndpointObserver
{
    private readonly TaskCompletionSource _isThere = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits before a request is sent; all else passes.</summary>
    public Task WaitAsync(SendContext sent) =>
        !_isThere.Task.IsCompleted && sent.RequestId is not null && sent.ResponseAddress is { } address && IsOwn(address)
            ? _isThere.Task.WaitAsync(sent.CancellationToken)
            : Task.CompletedTask;

    /// <inheritdoc />
    public Task Ready(ReceiveEndpointReady ready)
    {
        if (IsOwn(ready.InputAddress))
            _isThere.TrySetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

    private bool IsOwn(Uri address) => address == services.GetRequiredService<IBus>().Address;
}
