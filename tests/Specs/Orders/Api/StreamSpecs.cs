using System.Text.Json;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Orders.Api;

/// <summary>The live stream of a run.</summary>
public sealed class StreamSpecs : OrdersService
{
    [Fact]
    public async Task Should_send_the_status_as_it_changes_and_not_more_often_than_four_times_a_second()
    {
        var service = await StartAsync();
        using var answer = await OpenAsync(service.Http, service.Address);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        Assert.Equal("IDLE", Phase(await NextAsync(lines)));
        var begun = TimeProvider.System.GetTimestamp();
        await service.RunOrdersAsync(50_000);

        var events = 0;
        string? phase;
        do
        {
            phase = Phase(await NextAsync(lines));
            events++;
        }
        while (phase is not "DONE");

        Assert.InRange(events, 1, 1 + (4 * TimeProvider.System.GetElapsedTime(begun).TotalSeconds));
    }

    [Fact]
    public async Task Should_serve_many_and_not_hold_up_the_end_of_the_host()
    {
        var service = await RunningService.StartAsync(Settings(1_000, 1_000));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => OpenAsync(http, service.Address)));
        var readers = await Task.WhenAll(answers.Select(async answer => new StreamReader(await answer.Content.ReadAsStreamAsync(Token))));
        await Task.WhenAll(readers.Select(NextAsync));
        await service.RunOrdersAsync(2_000);
        await Task.WhenAll(readers.Select(async lines =>
        {
            while (Phase(await NextAsync(lines)) is not "DONE")
            {
            }
        }));

        var begun = TimeProvider.System.GetTimestamp();
        var stopping = service.DisposeAsync().AsTask();
        await Task.WhenAll(readers.Select(lines => Soon(lines.ReadToEndAsync(Token))));
        await Soon(stopping);

        Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(5));
        foreach (var lines in readers)
            lines.Dispose();
        foreach (var answer in answers)
            answer.Dispose();
    }

    private static async Task<HttpResponseMessage> OpenAsync(HttpClient http, Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "pedidos/stream"));
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    private static async Task<JsonElement> NextAsync(StreamReader lines)
    {
        while (true)
        {
            var line = await Soon(lines.ReadLineAsync(Token).AsTask());
            Assert.NotNull(line);
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..]);
            Assert.True(line is "" or ":" or "event: status", line);
        }
    }

    private static string? Phase(JsonElement status) => status.GetProperty("phase").GetString();
}
