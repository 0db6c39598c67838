using BusIngest.Api.Hosting;
using BusIngest.Bus.Outbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Readings;

/// <summary>The routes of the readings.</summary>
internal static class ReadingEndpoints
{
    private const int MostReadings = 10_000;
    private const int Listed = 100;

    /// <summary>Maps `/readings` and `/meters/…`.</summary>
    public static void MapReadingsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/readings", PostAsync);
        routes.MapGet("/meters/{meter}", ListAsync);
    }

    private static async Task<IResult> PostAsync(Reading[] readings, IOutbox outbox)
    {
        if (readings.Length is 0 or > MostReadings)
            return Problems.Validation("$", $"must have 1 to {MostReadings} readings");
        if (Array.FindIndex(readings, reading => reading.Meter is not { Length: >= 1 and <= 100 }) is >= 0 and var wrong)
            return Problems.Validation($"[{wrong}].meter", "must have 1 to 100 characters");

        // Not with the request's token: what is under way becomes durable, whether or not its client still listens.
        await outbox.PublishAsync<Reading>(readings, CancellationToken.None);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<IResult> ListAsync(string meter, ReadingsContext context, CancellationToken cancellationToken) =>
        TypedResults.Ok(await context.ReadAsync(() => context.Readings
            .Where(x => x.Meter == meter)
            .OrderByDescending(x => x.Seq)
            .Take(Listed)
            .Select(x => new Reading(x.Id, x.Meter, x.Value, x.At))
            .ToListAsync(cancellationToken)));
}
