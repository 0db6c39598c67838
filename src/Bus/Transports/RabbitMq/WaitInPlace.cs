using BusIngest.Bus.Progress;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>
/// The outermost filter of an endpoint: a message that can be neither consumed nor kept as failed now (the database is away) is tried again
/// after a pause, and stays unacknowledged meanwhile. Let out, the exception would make MassTransit hand it back to the broker, which
/// delivers it again at once. When the endpoint stops, the message goes back to its queue.
/// </summary>
internal sealed class WaitInPlace(string endpoint, WorkWatch watch, TimeProvider time, ILogger<WaitInPlace> logger) : IFilter<ReceiveContext>, IReceiveEndpointObserver
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly WorkInHand _work = watch.Add($"consumer of {endpoint}");
    private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc />
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        _work.Take();
        try
        {
            await SendUntilTakenAsync(context, next);
            _work.Move();
        }
        catch
        {
            _work.PutBack();
            throw;
        }
    }

    /// <inheritdoc />
    public void Probe(ProbeContext context) => context.CreateFilterScope("waitInPlace");

    /// <inheritdoc />
    public Task Stopping(ReceiveEndpointStopping stopping)
    {
        _stopping.TrySetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Ready(ReceiveEndpointReady ready) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

    private async Task SendUntilTakenAsync(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var pauses = new Backoff(FirstPause, LongestPause);
        while (true)
        {
            try
            {
                await next.Send(context);
                return;
            }
            catch (Exception exception) when (!IsEnding(context))
            {
                logger.LogWarning(exception, "{Endpoint} can't take message {MessageId} now; trying again in {Pause}", endpoint, context.GetMessageId(), pauses.Next);
            }

            // Another try follows in any case: what it throws at the end is how the message gets back.
            await Task.WhenAny(Task.Delay(pauses.Take(), time, context.CancellationToken), _stopping.Task);
        }
    }

    private bool IsEnding(ReceiveContext context) => _stopping.Task.IsCompleted || context.CancellationToken.IsCancellationRequested;
}
