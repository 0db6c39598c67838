using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BusIngest.Specs.Processes;
using BusIngest.Support.Cars;

namespace BusIngest.Specs.Cars;

/// <summary>What a client of the cars asks for.</summary>
internal static class CarRequests
{
    /// <summary>Posts a body of JSON.</summary>
    public static async Task<ApiAnswer> PostCarsAsync(this RunningService service, string json)
    {
        using var body = Body(json);
        return await service.Cars.SendAsync(HttpMethod.Post, "cars", body, TestContext.Current.CancellationToken);
    }

    /// <summary>Posts cars, and returns their ids when all are stored.</summary>
    public static async Task<List<Guid>> StoreCarsAsync(this RunningService service, params IReadOnlyList<string> cars)
    {
        var answer = await service.PostCarsAsync(CarText.Array(cars));
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        await service.AtRestAsync();
        return [.. answer.Json().GetProperty("ids").EnumerateArray().Select(id => id.GetGuid())];
    }

    /// <summary>The ledger once nothing is under way.</summary>
    public static Task<CarStats> AtRestAsync(this RunningService service) => Support.Eventually.BecomesAsync(
        "All is stored", service.Cars.StatsAsync, stats => stats.AtRest, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>JSON as a request's body.</summary>
    public static ByteArrayContent Body(string json)
    {
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return body;
    }
}
