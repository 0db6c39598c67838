using BusIngest.Bus;
using BusIngest.Bus.Copies;
using BusIngest.Bus.Retention;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Copies;
using BusIngest.Workers.Orders.Enqueueing;
using BusIngest.Workers.Orders.Generating;
using BusIngest.Workers.Orders.Processing;
using BusIngest.Workers.Orders.Recording;
using BusIngest.Workers.Orders.Steering;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Workers.Orders;

/// <summary>Registers the orders workload.</summary>
public static class OrdersRegistration
{
    /// <summary>Adds what the orders need of the container.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">How the workers go about them.</param>
    /// <param name="works">Whether this process consumes.</param>
    public static IServiceCollection AddOrders(this IServiceCollection services, OrdersOptions options, bool works)
    {
        services.AddDatabasePart<OrdersContext>().AddSingleton(options).AddSingleton<BatchClaims>().AddSingleton<ICopySource, OrderDocuments>();
        services.AddRecord(OrdersJson.Default.SteerOrders, OrdersJson.Default.SteerOrdersArray);
        if (works)
            services.AddHostedService<ReopenAtStart>().AddHostedService<ProgressLog>();
        return services;
    }

    /// <summary>Has old orders forgotten, but those of the last run.</summary>
    public static RetiredTable RetiredOrders(TimeSpan keepFor) => new(
        "orders", "seq", "created_at", keepFor, $"seq < (SELECT coalesce(max(run), 0) FROM order_runs) * {OrderRange.First(1) - 1} + 1",
        OrderDocuments.Name);

    /// <summary>Has old runs forgotten that are over.</summary>
    public static RetiredTable RetiredRuns(TimeSpan keepFor) => new("order_runs", "run", "created_at", keepFor, "ended_at IS NOT NULL");

    /// <summary>Adds the consumers of the orders.</summary>
    /// <param name="bus">Where to.</param>
    public static void AddOrderConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<GenerateOrderChunkConsumer, GenerateOrderChunkDefinition>();
        bus.AddConsumer<ProcessVipOrdersConsumer, ProcessVipOrdersDefinition>();
        bus.AddConsumer<ProcessNormalOrdersConsumer, ProcessNormalOrdersDefinition>();
        bus.AddConsumer<EnqueueVipOrdersConsumer, EnqueueVipOrdersDefinition>();
        bus.AddConsumer<EnqueueNormalOrdersConsumer, EnqueueNormalOrdersDefinition>();
        bus.AddConsumer<RecordOrderRunConsumer, RecordOrderRunDefinition>();
        bus.AddConsumer<SwitchOrdersConsumer, SteeringDefinition<SwitchOrdersConsumer>>();
        bus.AddConsumer<HaltOrdersConsumer, SteeringDefinition<HaltOrdersConsumer>>();
        bus.AddConsumer<CleanOrderJobsConsumer, SteeringDefinition<CleanOrderJobsConsumer>>();
        bus.AddConsumer<RetryFailedOrdersConsumer, SteeringDefinition<RetryFailedOrdersConsumer>>();
        bus.AddConsumer<RecoverStuckOrdersConsumer, SteeringDefinition<RecoverStuckOrdersConsumer>>();
    }
}
