using System.Runtime.ExceptionServices;
using BusIngest.Bus.Transports;
using MassTransit;

namespace BusIngest.Bus.Failures;

/// <summary>
/// The end of an endpoint's pipe for a message whose consumer has given up, in place of an _error queue: it is kept in the database.
/// A request is only answered with its fault, as its caller decides. When the store is out of reach, or the process stops, the message is not given up.
/// </summary>
internal sealed class KeepFailedMessages(FailedMessages failures) : IFilter<ExceptionReceiveContext>
{
    /// <inheritdoc />
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (context.GetRequestId() is not null || ReceivedMessage.IsRequest(context))
        {
            await next.Send(context);
            return;
        }

        // What comes next tells observers of a fault, which means to the pump that the message is not settled; kept, it is.
        RethrowIfNotGivenUp(context);
        var retries = context.TryGetPayload(out RetryContext? retry) ? retry.RetryCount : 0;
        await failures.KeepAsync(context, context.Exception.GetBaseException(), attempts: retries + 1);
    }

    /// <summary>A store that is out of reach, and a process that stops, are no reason to give a message up: it comes again.</summary>
    private static void RethrowIfNotGivenUp(ExceptionReceiveContext context)
    {
        if (EnvironmentFailures.IsOne(context.Exception) || (IsCancelled(context.Exception) && context.CancellationToken.IsCancellationRequested))
            ExceptionDispatchInfo.Throw(context.Exception);
    }

    private static bool IsCancelled(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is OperationCanceledException)
                return true;
        }

        return false;
    }

    /// <inheritdoc />
    public void Probe(ProbeContext context) => context.CreateFilterScope("keepFailedMessages");
}
