using BusIngest.Integration.Redis;
using MassTransit;

namespace BusIngest.Integration.Postgres.Work;

/// <summary>The queue `counts`: writes down what a tally tells, its count as the number.</summary>
internal sealed class CountWriter : IConsumer<Counted>
{
    public const string Queue = "counts";

    public Task Consume(ConsumeContext<Counted> context)
    {
        Bench.Write(context, Queue, context.Message.Count);
        return Task.CompletedTask;
    }
}
