using BusIngest.Api.Configuration;
using BusIngest.Api.Hosting;
using BusIngest.Contracts.Orders;
using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Orders;

/// <summary>The routes of the orders: to start a run and to see how it goes.</summary>
internal static class OrderEndpoints
{
    private const int DefaultQuantity = 1_000_000;
    private const int MostLines = 10_000;
    private const int DefaultLines = 500;

    /// <summary>Adds what the routes need.</summary>
    public static IServiceCollection AddOrdersApi(this IServiceCollection services, Settings settings) => services
        .AddSingleton(typeof(IOrderFigures), settings.Postgres is null ? typeof(SqliteOrderFigures) : typeof(PostgresOrderFigures))
        .AddSingleton<OrdersReader>()
        .AddSingleton<OrderFeed>()
        .AddTransient<OrderQueries>()
        .AddTransient<RunQueries>()
        .AddTransient<QueueQueries>();

    /// <summary>Maps `/pedidos…`.</summary>
    public static void MapOrdersApi(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/pedidos").WithTags("Orders");
        orders.MapPost("/generate", GenerateAsync)
            .Produces<RunStarted>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Starts a run of `quantity` orders (1,000,000), unless one is under way");
        orders.MapGet("", StatusAsync).Produces<OrdersStatus>().WithSummary("How the last run is: phase, times, throughput, ETA, barrier");
        orders.MapGet("/orders", ListAsync).Produces<OrderPage>().ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("The last run's orders, in the order of their generation");
        orders.MapGet("/logs", LogAsync).Produces<OrderLogPage>().ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("The newest lines of the orders' log by level, newest last");
        orders.MapGet("/stream", OrderStream.ServeAsync).Produces<OrdersStatus>(contentType: OrderStream.ContentType)
            .WithSummary("Server-sent events: `status` on every change, at most 4 a second");
        orders.MapRuns();
        orders.MapHalts();
        orders.MapQueue();
    }

    private static async Task<IResult> GenerateAsync(
        string? quantity, HttpContext context, IRequestClient<GenerateOrders> client, Settings settings, TimeProvider time)
    {
        var errors = new FieldErrors();
        var wanted = (int)errors.Whole("quantity", quantity, Math.Min(DefaultQuantity, settings.MaxOrders), 1, settings.MaxOrders);
        if (!errors.AreNone)
            return Problems.Validation(errors.ByField);

        var answer = await client.AskAsync<GenerateOrders, OrderRunAccepted, OrderRunRefused>(
            new GenerateOrders(context.Ids(time.GetUtcNow()).Next(), wanted), Requests.Deadline);
        if (answer.Is(out Response<OrderRunRefused>? refused))
            return Problems.Conflict($"Run {refused.Message.RunId} is under way, in {refused.Message.Phase}; there is one run at a time.");

        answer.Is(out Response<OrderRunAccepted>? accepted);
        var run = accepted!.Message;
        return TypedResults.Json(
            new RunStarted(run.RunId, run.Phase, run.Quantity), OrderApiJson.Default.RunStarted, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<JsonHttpResult<OrdersStatus>> StatusAsync(OrdersReader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        var run = await reader.SnapshotAsync(cancellationToken);
        return TypedResults.Json(run.Show(time.GetUtcNow()), OrderApiJson.Default.OrdersStatus);
    }

    private static async Task<IResult> ListAsync(
        string? status, string? priority, string? limit, string? after, OrdersReader reader, OrderQueries orders, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Word("status", status, OrderNames.Statuses);
        errors.Word("priority", priority, OrderNames.Priorities);
        if (!PageRequest.TryRead(limit, after, errors, out var page))
            return Problems.Validation(errors.ByField);

        var run = await reader.RunAsync(cancellationToken);
        return TypedResults.Json(
            await orders.ListAsync(run.Facts.Run, page, status, priority, cancellationToken), OrderApiJson.Default.OrderPage);
    }

    private static async Task<IResult> LogAsync(string? lines, RunQueries runs, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var count = (int)errors.Whole("lines", lines, DefaultLines, 1, MostLines);
        return errors.AreNone
            ? TypedResults.Json(await runs.LogAsync(count, cancellationToken), OrderApiJson.Default.OrderLogPage)
            : Problems.Validation(errors.ByField);
    }
}
