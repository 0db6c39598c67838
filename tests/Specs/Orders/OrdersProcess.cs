using System.Text.Json;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Sagas;
using BusIngest.Contracts.Orders;
using BusIngest.Sagas.Orders;
using BusIngest.Specs.Processes;
using BusIngest.Workers.Orders;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Orders;

/// <summary>A process that runs orders, without HTTP.</summary>
internal static class OrdersProcess
{
    /// <summary>What the database says of an order that it refuses.</summary>
    public const string Complaint = "refused by the spec";

    /// <summary>A setup with small pieces.</summary>
    public static BusSetup Setup(OrderRunOptions? run = null, OrdersOptions? orders = null) => new()
    {
        Services = services => services
            .AddOrders(orders ?? new OrdersOptions { StuckAfter = TimeSpan.FromSeconds(1) }, works: true)
            .AddSingleton(run ?? new OrderRunOptions { ChunkSize = 500, BatchSize = 700 }),
        Consumers = bus =>
        {
            bus.AddOrderSaga().DocumentRepository(OrderRunState.Kind, OrderRunStateJson.Default.OrderRunState);
            bus.AddOrderConsumers();
        },
    };

    /// <summary>Asks for a run.</summary>
    /// <returns>Whether it was accepted.</returns>
    public static async Task<bool> GenerateAsync(this BusProcess process, int quantity, Guid? runId = null)
    {
        var answer = await process.Client<GenerateOrders>().GetResponse<OrderRunAccepted, OrderRunRefused>(
            new GenerateOrders(runId ?? Guid.NewGuid(), quantity));
        return answer.Is(out Response<OrderRunAccepted>? _);
    }

    /// <summary>Steers the queue.</summary>
    public static async Task<OrdersSteered> SteerAsync(this BusProcess process, bool? paused, bool? closed) =>
        (await process.Client<SteerOrders>().GetResponse<OrdersSteered>(new SteerOrders(paused, closed))).Message;

    /// <summary>Cancels the run.</summary>
    public static async Task<OrdersHalting> CancelAsync(this BusProcess process, bool purge = false, bool removePending = false) =>
        (await process.Client<CancelOrders>().GetResponse<OrdersHalting>(new CancelOrders(purge, removePending, ResetLogs: false))).Message;

    /// <summary>Wipes everything.</summary>
    public static async Task<OrdersHalting> ResetAsync(this BusProcess process, bool history) =>
        (await process.Client<ResetOrders>().GetResponse<OrdersHalting>(new ResetOrders(history))).Message;

    /// <summary>Whether no message is on its way.</summary>
    public static bool Idle(this BusProcess process) => process.Get<OutgoingMessages>().Waiting().Count == 0 && process.Inbox.Waiting().Count == 0;

    /// <summary>From now on the database refuses to process some orders.</summary>
    public static Task PoisonAsync(this BusProcess process, params long[] orders) => process.ExecuteAsync(
        $"CREATE TRIGGER poison BEFORE UPDATE ON orders WHEN NEW.status = 'processado' AND NEW.seq IN ({string.Join(',', orders)}) "
        + $"BEGIN SELECT RAISE(ABORT, '{Complaint}'); END");

    /// <summary>From now on they are processed.</summary>
    public static Task MendAsync(this BusProcess process) => process.ExecuteAsync("DROP TRIGGER poison");

    /// <summary>Runs SQL, as somebody with a tool would.</summary>
    public static Task ExecuteAsync(this BusProcess process, string sql) => process.MainFile.Writer.WriteAsync(1, session =>
    {
        session.Execute(sql);
        return 0;
    });

    /// <summary>Asks something that a consumer of the queue answers.</summary>
    public static async Task<int> ChangeJobsAsync<TRequest>(this BusProcess process, TRequest request)
        where TRequest : class =>
        (await process.Client<TRequest>().GetResponse<OrderJobsChanged>(request)).Message.Jobs;

    /// <summary>The run, as its saga has it.</summary>
    public static async Task<OrderRunState> RunAsync(this BusProcess process)
    {
        var saga = await process.Get<ISagaDocuments>().FindAsync(OrderRunState.Kind, OrderRunState.TheOne, TestContext.Current.CancellationToken);
        return saga is not { } found ? new OrderRunState() : JsonSerializer.Deserialize(found.Document.Span, OrderRunStateJson.Default.OrderRunState)!;
    }

    /// <summary>Reads the tables.</summary>
    public static async Task<T> ReadAsync<T>(this BusProcess process, Func<OrdersContext, Task<T>> read)
    {
        await using var scope = process.Get<IServiceScopeFactory>().CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<OrdersContext>());
    }

    private static IRequestClient<T> Client<T>(this BusProcess process)
        where T : class => process.Get<IBus>().CreateRequestClient<T>(RequestTimeout.After(s: 20));
}
