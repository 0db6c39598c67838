using System.Net;
using System.Text.Json;
using BusIngest.Specs.Orders.Api;
using BusIngest.Specs.Processes;
using BusIngest.Support.Cars;

namespace BusIngest.Specs.Hosting;

/// <summary>What listings have in common: whose their cursors are, and the forms in which they come.</summary>
public sealed class ListingSpecs : OrdersService
{
    private const int Cars = 5;

    [Fact]
    public async Task Should_take_a_cursor_for_its_own_listing_and_filter_alone()
    {
        var service = await StartAsync();
        await DoneAsync(service, 100);
        var next = (await service.GetPedidosAsync("/orders?limit=60&status=processado")).GetProperty("next").GetString();
        string[] others =
        [
            $"pedidos/orders?after={next}", $"pedidos/orders?status=falhou&after={next}", $"pedidos/orders?status=processado&priority=VIP&after={next}",
            $"cars?after={next}", $"api/v1/timers?after={next}", $"sync/runs?after={next}", $"sync/events?after={next}", $"sagas/timer?after={next}",
            $"messages/failed?after={next}", $"outbox/sessions?after={next}",
        ];

        foreach (var route in others)
        {
            var refused = await service.Cars.SendAsync(HttpMethod.Get, route, null, Token);
            Assert.Equal((HttpStatusCode.BadRequest, "after"), (refused.Status, Assert.Single(refused.ErrorNames())));
        }

        Assert.Equal(40, (await service.GetPedidosAsync($"/orders?limit=60&status=processado&after={next}")).GetProperty("orders").GetArrayLength());
    }

    [Fact]
    public async Task Should_stay_with_the_run_of_a_cursor_until_its_orders_are_wiped()
    {
        var service = await StartAsync();
        await DoneAsync(service, 100);
        var first = await service.GetPedidosAsync("/orders?limit=60");
        await DoneAsync(service, 200);

        var rest = await service.GetPedidosAsync($"/orders?limit=60&after={first.GetProperty("next").GetString()}");
        await service.PostPedidosAsync("/reset");
        var gone = await service.PedidosAsync("GET", $"/orders?limit=60&after={first.GetProperty("next").GetString()}");

        Assert.Equal(100, Ids(first).Concat(Ids(rest)).Distinct().Count());
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
        Assert.Equal((HttpStatusCode.Gone, "application/problem+json"), (gone.Status, gone.MediaType));
    }

    [Theory]
    [InlineData("application/x-ndjson", "application/x-ndjson")]
    [InlineData("application/jsonl", "application/x-ndjson")]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/csv;q=0.5, application/json", "application/json")]
    [InlineData("application/json;q=0.5, text/csv", "text/csv")]
    [InlineData("text/html", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("nonsense", "application/json")]
    public async Task Should_come_in_the_form_that_a_client_accepts(string accepted, string expected)
    {
        var service = await StoredAsync();

        using var answer = await ListAsync(service, "cars?limit=2", accepted);

        Assert.Equal((HttpStatusCode.OK, expected), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Accept", answer.Headers.Vary, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_be_the_same_rows_in_every_form_with_the_next_page_in_a_header()
    {
        var service = await StoredAsync();
        var all = (await service.Cars.GetAsync("cars", Token)).GetProperty("cars").EnumerateArray().Select(car => car.GetRawText()).ToList();

        var lines = new List<string>();
        for (var route = "cars?limit=2"; route is not null;)
        {
            using var answer = await ListAsync(service, route, "application/x-ndjson");
            lines.AddRange((await answer.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            route = answer.Headers.TryGetValues("Link", out var links) ? Assert.Single(links).Split('>')[0].TrimStart('<', '/') : null;
        }

        Assert.Equal(all, lines, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_quote_cells_of_csv()
    {
        var service = await StoredAsync();
        var car = (await service.Cars.GetAsync("cars?limit=1", Token)).GetProperty("cars")[0];

        using var answer = await ListAsync(service, "cars?limit=1", "text/csv");
        var lines = (await answer.Content.ReadAsStringAsync(Token)).Split("\r\n");

        Assert.Equal("id,normalizedMake,normalizedModel,year,price,location,generatedAt", lines[0]);
        var location = car.GetProperty("location").GetString()!;
        Assert.Contains('"', location);
        Assert.Contains($",\"{location.Replace("\"", "\"\"", StringComparison.Ordinal)}\",", lines[1], StringComparison.Ordinal);
        Assert.Equal((3, ""), (lines.Length, lines[2]));
    }

    private async Task<RunningService> StoredAsync()
    {
        var service = await StartAsync();
        var random = new Random(1);
        await service.Cars.PostCarsAsync([.. Enumerable.Range(0, Cars).Select(_ => ClientCar.Of(ClientCar.NewId(random)))], Token);
        await UntilAsync("All are stored", token => service.Cars.StatsAsync(token), stats => stats.Stored == Cars);
        return service;
    }

    private static async Task<HttpResponseMessage> ListAsync(RunningService service, string route, string accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, route);
        request.Headers.TryAddWithoutValidation("Accept", accepted);
        return await service.Http.SendAsync(request, Token);
    }

    private static IEnumerable<Guid> Ids(JsonElement page) => page.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("id").GetGuid());
}
