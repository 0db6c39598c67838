using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>
/// Holds requests back until this process's queue for answers is bound. MassTransit does not wait for that: what is asked in the first moments
/// of a process may be answered before, by another or by itself, and the answer is dropped.
/// </summary>
/// <remarks>An observer, as a pipe of MassTransit's configuration runs before a request has its id and address.</remarks>
/// <param name="services">Has the bus; it is asked for late, as this is needed to make it.</param>
internal sealed class AnswerQueue(IServiceProvider services) : IReceiveEndpointObserver, ISendObserver, IPublishObserver
{
    private readonly TaskCompletionSource _isBound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc />
    public Task PreSend<T>(SendContext<T> context)
        where T : class => WaitAsync(context);

    /// <inheritdoc />
    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => WaitAsync(context);

    /// <inheritdoc />
    public Task Ready(ReceiveEndpointReady ready)
    {
        // Told twice: first when the bus is about to start.
        if (ready.IsStarted && IsOwn(ready.InputAddress))
            _isBound.TrySetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task PostSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    /// <inheritdoc />
    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    /// <inheritdoc />
    public Task PostPublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    /// <inheritdoc />
    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    /// <inheritdoc />
    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

    private Task WaitAsync(SendContext context) =>
        !_isBound.Task.IsCompleted && context.ResponseAddress is { } address && IsOwn(address)
            ? _isBound.Task.WaitAsync(context.CancellationToken)
            : Task.CompletedTask;

    private bool IsOwn(Uri address) => address == services.GetRequiredService<IBus>().Address;
}
