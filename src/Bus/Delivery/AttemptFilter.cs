using MassTransit;

namespace BusIngest.Bus.Delivery;

/// <summary>The last before a consumer: what a try did that threw is not in the transaction, wherever its retries and redelivery stand.</summary>
/// <typeparam name="TConsumer">The consumer.</typeparam>
/// <typeparam name="T">The message.</typeparam>
internal sealed class AttemptFilter<TConsumer, T> : IFilter<ConsumerConsumeContext<TConsumer, T>>
    where TConsumer : class
    where T : class
{
    /// <inheritdoc />
    public Task Send(ConsumerConsumeContext<TConsumer, T> context, IPipe<ConsumerConsumeContext<TConsumer, T>> next) =>
        context.Transaction().TryAsync(() => next.Send(context));

    /// <inheritdoc />
    public void Probe(ProbeContext context) => context.CreateFilterScope("consumerAttempt");
}
