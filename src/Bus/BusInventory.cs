using BusIngest.Bus.Redis;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports;
using BusIngest.Bus.Transports.RabbitMq;
using MassTransit;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus;

/// <summary>By what names the program keeps things on servers and in files, as it is put together.</summary>
/// <param name="services">The program's container; nothing in it is started.</param>
public sealed class BusInventory(IServiceProvider services)
{
    /// <summary>What every key in Redis begins with.</summary>
    public const string RedisPrefix = RedisKeys.Prefix;

    /// <summary>The queues of all endpoints, those of other processes too.</summary>
    public IReadOnlyList<string> Queues()
    {
        // The subscriptions are gathered when the bus is built.
        services.GetRequiredService<IBus>();
        return
        [
            .. services.GetRequiredService<SubscriptionMap>().Subscriptions.Select(subscription => subscription.Endpoint)
                .Append(RabbitMqTopology.DeadLetters).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The tables of every part of the databases: the part's context, and its model with the rows that its migrations put there.</summary>
    public IReadOnlyList<(Type Part, IModel Model)> Parts()
    {
        var parts = new List<(Type, IModel)>();
        foreach (var part in services.GetServices<DatabaseContext>())
        {
            using (part)
                parts.Add((part.GetType(), part.GetService<IDesignTimeModel>().Model));
        }

        return parts;
    }
}
