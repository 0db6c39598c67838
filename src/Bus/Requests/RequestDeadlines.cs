using MassTransit;

namespace BusIngest.Bus.Requests;

/// <summary>Gives every request its deadline, on whatever transport.</summary>
/// <remarks>An observer, as a pipe of MassTransit's configuration runs before a request has its id and address.</remarks>
internal sealed class RequestDeadlines(SharedClock clock, TimeProvider time) : ISendObserver, IPublishObserver
{
    /// <inheritdoc />
    public Task PreSend<T>(SendContext<T> context)
        where T : class => StampAsync(context);

    /// <inheritdoc />
    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => StampAsync(context);

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

    /// <summary>An answer has a request's id too, and nobody to answer to.</summary>
    private async Task StampAsync(SendContext context)
    {
        if (context.RequestId is null || context.ResponseAddress is null)
            return;

        var wait = context.TryGetPayload(out RequestWait? known) ? known
            : context.TimeToLive is { } timeToLive ? new RequestWait(timeToLive, time)
            : null;
        if (wait is not null)
            RequestDeadline.After(await clock.NowAsync(), wait.Within, wait.Elapsed).Write(context.Headers);
    }
}
