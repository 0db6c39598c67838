using MassTransit;

namespace BusIngest.Bus.Failures;

/// <summary>The end of an endpoint's pipe for a message that none of its consumers takes, in place of a _skipped queue.</summary>
internal sealed class KeepSkippedMessages(FailedMessages failures) : IFilter<ReceiveContext>
{
    /// <inheritdoc />
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) => failures.KeepAsync(
        context, new InvalidOperationException($"No consumer of {context.InputAddress.AbsolutePath} takes this message."), attempts: 1);

    /// <inheritdoc />
    public void Probe(ProbeContext context) => context.CreateFilterScope("keepSkippedMessages");
}
