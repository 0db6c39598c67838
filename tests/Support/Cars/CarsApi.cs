using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BusIngest.Support.OpenApi;

namespace BusIngest.Support.Cars;

/// <summary>The routes that tests use to steer and to ask.</summary>
/// <param name="address">Where the program serves just now.</param>
public sealed class CarsApi(Func<Uri?> address)
{
    private static readonly HttpClient Http = new(new DescribedHandler()) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>The ledger.</summary>
    public async Task<CarStats> StatsAsync(CancellationToken cancellationToken) =>
        await Http.GetFromJsonAsync<CarStats>(At("cars/stats"), cancellationToken) ?? throw new HttpRequestException("No stats");

    /// <summary>Stops the generator.</summary>
    public async Task StopSeederAsync(CancellationToken cancellationToken)
    {
        using var answer = await Http.PostAsync(At("cars/seeder/stop"), null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The status of a GET.</summary>
    public async Task<HttpStatusCode> StatusAsync(string route, CancellationToken cancellationToken)
    {
        using var answer = await Http.GetAsync(At(route), cancellationToken);
        return answer.StatusCode;
    }

    /// <summary>The JSON of a GET that succeeds.</summary>
    public async Task<JsonElement> GetAsync(string route, CancellationToken cancellationToken) =>
        await Http.GetFromJsonAsync<JsonElement>(At(route), cancellationToken);

    /// <summary>Sends a request with a body, and gives the answer whatever its status.</summary>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string route, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, At(route)) { Content = body };
        using var answer = await Http.SendAsync(request, cancellationToken);
        return await ApiAnswer.ReadAsync(answer, cancellationToken);
    }

    /// <summary>Posts the cars of these ids.</summary>
    public async Task<ApiAnswer> PostCarsAsync(IReadOnlyList<ClientCar> cars, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(ClientCar.Json(cars));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await SendAsync(HttpMethod.Post, "cars", content, cancellationToken);
    }

    private Uri At(string route) =>
        new(address() ?? throw new HttpRequestException("Nobody serves"), route);
}
