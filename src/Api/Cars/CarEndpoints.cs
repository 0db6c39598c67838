using BusIngest.Api.Configuration;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Outbox;
using BusIngest.Contracts.Cars;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Cars;

/// <summary>The routes of the cars.</summary>
internal static class CarEndpoints
{
    /// <summary>Adds what the routes need.</summary>
    public static IServiceCollection AddCarsApi(this IServiceCollection services, Settings settings)
    {
        services.AddTransient<CarQueries>();
        return settings.Postgres is null ? services.AddSingleton<ICarStats, SqliteCarStats>() : services.AddSingleton<ICarStats, PostgresCarStats>();
    }

    /// <summary>Maps `/cars…`.</summary>
    public static void MapCarsApi(this IEndpointRouteBuilder routes, Settings settings)
    {
        var cars = routes.MapGroup("/cars").WithTags("Cars");
        cars.MapPost("", PostAsync)
            .Accepts<Car[]>("application/json", RequestBody.AnyType).TakeLargeBodies()
            .Produces<AcceptedCars>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Accepts one car or an array of up to 10,000; when it answers, they are on disk");
        cars.MapGet("", ListAsync)
            .ProducesList<CarPage>()
            .WithQuery(
                QueryField.Limit,
                QueryField.After,
                QueryField.Text("make", "Only cars of this make"),
                QueryField.Text("model", "Only cars of this model"),
                QueryField.Text("location", "Only cars that stand there"))
            .WithSummary("Stored cars, newest first");
        cars.MapGet("/stats", StatsAsync).Produces<CarStats>().WithSummary("The ledger: where every car is");
        cars.MapGet("/{id}", FindAsync).Produces<Car>().ProducesProblem(StatusCodes.Status404NotFound).WithSummary("One stored car");
        cars.MapSeeder(settings);
    }

    private static async Task<IResult> PostAsync(HttpContext context, IOutbox outbox, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var reader = new CarsReader(now, context.Ids(now).Next);
        var body = await context.Request.BodyReader.ReadToEndAsync(context.RequestAborted);
        var cars = reader.Read(body);
        // Or Kestrel takes the body for unread, and closes the connection.
        context.Request.BodyReader.AdvanceTo(body.End);
        if (!reader.Errors.AreNone)
            return Problems.Validation(reader.Errors.ByField);

        // Not with the request's token: what is under way becomes durable, whether or not its client still listens.
        await outbox.PublishAsync(cars, CancellationToken.None);
        return TypedResults.Json(
            new AcceptedCars(cars.Count, [.. cars.Select(car => car.Id)]), CarApiJson.Default.AcceptedCars, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(
        string? limit, string? after, string? make, string? model, string? location, CarQueries cars, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (!PageRequest.TryRead(limit, after, CursorScope.Of("cars", make, model, location), errors, out var page))
            return Problems.Validation(errors.ByField);

        var found = await cars.ListAsync(page, new CarFilter(make, model, location), cancellationToken);
        return new ListResult<CarPage, Car>(found, CarApiJson.Default.CarPage, found.Cars, CarApiJson.Default.Car, found.Next);
    }

    private static async Task<JsonHttpResult<CarStats>> StatsAsync(ICarStats stats, CancellationToken cancellationToken) =>
        TypedResults.Json(await stats.ReadAsync(cancellationToken), CarApiJson.Default.CarStats);

    private static async Task<IResult> FindAsync(string id, CarQueries cars, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var guid) && await cars.FindAsync(guid, cancellationToken) is { } car
            ? TypedResults.Json(car, CarApiJson.Default.Car)
            : Problems.NotFound($"No car '{id}' is stored.");
}
