using BusIngest.Bus.Delivery;
using MassTransit;

namespace BusIngest.CountingHost;

/// <summary>Writes a row for every event that was counted.</summary>
public sealed class CountedConsumer : IConsumer<Counted>
{
    /// <summary>Makes the table.</summary>
    public const string Table = "CREATE TABLE IF NOT EXISTS counted (counter_id TEXT, event_id TEXT, count INTEGER)";

    /// <inheritdoc />
    public Task Consume(ConsumeContext<Counted> context)
    {
        var counted = context.Message;
        context.Transaction().Write(1, session => session
            .Statement("INSERT INTO counted (counter_id, event_id, count) VALUES (?1, ?2, ?3)")
            .Bind(1, counted.CounterId).Bind(2, counted.EventId).Bind(3, counted.Count).Execute());
        return Task.CompletedTask;
    }
}

/// <summary>The queue `counted`.</summary>
public sealed class CountedDefinition : ConsumerDefinition<CountedConsumer>
{
    /// <summary>Names it.</summary>
    public CountedDefinition()
    {
        EndpointName = "counted";
        ConcurrentMessageLimit = 64;
    }
}
