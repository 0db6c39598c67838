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

    private static readonly QueryField Lines = QueryField.Whole("lines", 500, 1, 10_000, "How many lines of each level");
    private static readonly QueryField Status = QueryField.Word("status", OrderNames.Statuses, "Only orders in this state");
    private static readonly QueryField Priority = QueryField.Word("priority", OrderNames.Priorities, "Only orders of this priority");

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
        var settings = routes.ServiceProvider.GetRequiredService<Settings>();
        var orders = routes.MapGroup("/pedidos").WithTags("Orders");
        orders.MapPost("/generate", GenerateAsync)
            .Produces<RunStarted>(StatusCodes.Status202Accepted)
            .WithQuery(Quantity(settings.MaxOrders))
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Starts a run of `quantity` orders (1,000,000), unless one is under way");
        orders.MapGet("", StatusAsync).Produces<OrdersStatus>().WithSummary("How the last run is: phase, times, throughput, ETA, barrier");
        orders.MapGet("/orders", ListAsync).ProducesList<OrderPage>().ProducesProblem(StatusCodes.Status410Gone)
            .WithQuery(QueryField.Limit, QueryField.After, Status, Priority)
            .WithSummary("The last run's orders, in the order of their generation");
        orders.MapGet("/logs", LogAsync).Produces<OrderLogPage>().WithQuery(Lines)
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
        var wanted = (int)errors.Whole(Quantity(settings.MaxOrders), quantity);
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

    private static QueryField Quantity(int maxOrders) =>
        QueryField.Whole("quantity", Math.Min(DefaultQuantity, maxOrders), 1, maxOrders, "How many orders");

    private static async Task<JsonHttpResult<OrdersStatus>> StatusAsync(OrdersReader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        var run = await reader.SnapshotAsync(cancellationToken);
        return TypedResults.Json(run.Show(time.GetUtcNow()), OrderApiJson.Default.OrdersStatus);
    }

    private static async Task<IResult> ListAsync(
        string? status, string? priority, string? limit, string? after, OrdersReader reader, OrderQueries orders, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Word(Status, status);
        errors.Word(Priority, priority);
        if (!PageRequest.TryRead(limit, after, CursorScope.Of("orders", status, priority), errors, out var page))
            return Problems.Validation(errors.ByField);

        // A cursor stays with its run, also when another has begun: the pages of an export are of one run.
        var run = page.After is { } last ? OrderRange.RunOf(last) : (await reader.RunAsync(cancellationToken)).Facts.Run;
        if (page.After is not null && !await orders.ExistsAsync(run, cancellationToken))
            return Problems.Status(StatusCodes.Status410Gone, "The orders of this cursor's run were wiped; begin without `after`.");

        var found = await orders.ListAsync(run, page, status, priority, cancellationToken);
        return new ListResult<OrderPage, OrderView>(found, OrderApiJson.Default.OrderPage, found.Orders, OrderApiJson.Default.OrderView, found.Next);
    }

    private static async Task<IResult> LogAsync(string? lines, RunQueries runs, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var count = (int)errors.Whole(Lines, lines);
        return errors.AreNone
            ? TypedResults.Json(await runs.LogAsync(count, cancellationToken), OrderApiJson.Default.OrderLogPage)
            : Problems.Validation(errors.ByField);
    }
}
