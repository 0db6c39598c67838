using System.Text.Json;
using BusIngest.Api.Configuration;
using BusIngest.Api.Hosting;
using BusIngest.Bus;
using BusIngest.Contracts.Cars;
using BusIngest.Workers.Cars;
using MassTransit;

namespace BusIngest.Api.Cars;

/// <summary>The routes of the car generator.</summary>
internal static class SeederEndpoints
{
    /// <summary>Maps `/cars/seeder…`.</summary>
    public static void MapSeeder(this RouteGroupBuilder cars, Settings settings)
    {
        var seeder = cars.MapGroup("/seeder");
        seeder.MapGet("", (CarQueries queries, CancellationToken token) => ShowAsync(queries, settings, token))
            .Produces<SeederConfigured>().WithSummary("The generator's state");
        seeder.MapPost("/start", (IRequestClient<ConfigureSeeder> client) => AskAsync(client, settings, new ConfigureSeeder(Running: true, null)))
            .Produces<SeederConfigured>().WithSummary("Starts the generator");
        seeder.MapPost("/stop", (IRequestClient<ConfigureSeeder> client) => AskAsync(client, settings, new ConfigureSeeder(Running: false, null)))
            .Produces<SeederConfigured>().WithSummary("Stops the generator");
        seeder.MapPut("", (HttpRequest request, IRequestClient<ConfigureSeeder> client) => SetIntervalAsync(request, client, settings))
            .Accepts<SeederInterval>("application/json", RequestBody.AnyType)
            .Produces<SeederConfigured>().ProducesProblem(StatusCodes.Status400BadRequest)
            .WithSummary("Sets the milliseconds between two cars; 0 is as fast as the outbox takes them");
    }

    private static async Task<IResult> ShowAsync(CarQueries queries, Settings settings, CancellationToken cancellationToken)
    {
        var saved = await queries.SeederAsync(cancellationToken)
            ?? new SeederState { Running = settings.Seeder.Enabled, IntervalMs = settings.Seeder.IntervalMs };
        var running = saved.Running && MayHaveSeeder(settings);
        return TypedResults.Json(new SeederConfigured(running, saved.IntervalMs), CarApiJson.Default.SeederConfigured);
    }

    private static async Task<IResult> SetIntervalAsync(HttpRequest request, IRequestClient<ConfigureSeeder> client, Settings settings)
    {
        var body = await request.ReadJsonAsync();
        if (body.ValueKind != JsonValueKind.Object)
            return Problems.Validation("$", "must be an object like { \"intervalMs\": 30 }");
        if (!body.TryGetField("intervalMs", out var value))
            return Problems.Validation("intervalMs", "is required");
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var interval) && interval is >= 0 and <= SeederInterval.MaxMs
            ? await AskAsync(client, settings, new ConfigureSeeder(Running: null, interval))
            : Problems.Validation("intervalMs", $"must be a whole number from 0 to {SeederInterval.MaxMs}");
    }

    private static async Task<IResult> AskAsync(IRequestClient<ConfigureSeeder> client, Settings settings, ConfigureSeeder command) =>
        MayHaveSeeder(settings)
            ? TypedResults.Json(await client.AskAsync<ConfigureSeeder, SeederConfigured>(command), CarApiJson.Default.SeederConfigured)
            : Problems.Conflict("This process has no generator: ROLES leaves out seeder.");

    /// <summary>Over a broker another process may have one.</summary>
    private static bool MayHaveSeeder(Settings settings) => settings.Roles.HasFlag(Roles.Seeder) || settings.RabbitMq is not null;
}
