using BusIngest.Bus.Delivery;
using MassTransit;

namespace BusIngest.Bench.Benchmarks.Sagas;

/// <summary>Keeps a row of everything that was counted.</summary>
internal sealed class CountedConsumer : IConsumer<Counted>
{
    /// <summary>Where.</summary>
    public const string Table = "CREATE TABLE counted (counter_id TEXT NOT NULL, count INTEGER NOT NULL)";

    public Task Consume(ConsumeContext<Counted> context)
    {
        var counted = context.Message;
        context.Transaction().Write(1, session => session
            .Statement("INSERT INTO counted (counter_id, count) VALUES (?1, ?2)")
            .Bind(1, counted.CounterId).Bind(2, counted.Count)
            .Execute());
        return Task.CompletedTask;
    }
}
