using System.Net;
using System.Net.Http.Headers;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Telemetry;

/// <summary>The route `/metrics`.</summary>
public sealed class MetricsRouteSpecs : Spec
{
    [Fact]
    public async Task Should_have_every_documented_metric_and_no_other()
    {
        var service = await StartAsync();
        var page = await PrometheusLines.ReadAsync(service);
        Assert.Equal(
            DocumentedMetrics.Names().Order(StringComparer.Ordinal),
            page.Types.Keys.Where(name => name.StartsWith("busingest_", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.True(page.Types.ContainsKey("dotnet_gc_collections_total"));
    }

    [Fact]
    public async Task Should_be_plain_text_of_the_format()
    {
        var service = await StartAsync();
        using var response = await service.Http.GetAsync("metrics", Token);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(new CacheControlHeaderValue { NoStore = true }, response.Headers.CacheControl);
    }

    [Fact]
    public async Task Should_tell_what_happened()
    {
        var service = await StartAsync();
        var before = await PrometheusLines.ReadAsync(service);
        using (var posted = await service.Http.PostAsync("cars", CarRequests.Body($"[{CarText.Good},{CarText.Good}]"), Token))
            Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
        using (var refused = await service.Http.PostAsync("cars", CarRequests.Body("[]x"), Token))
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        var page = await UntilAsync("Both are stored", _ => PrometheusLines.ReadAsync(service), page => page.Find("busingest_cars_ledger", ("entry", "stored")) == 2);

        Assert.Equal(2, page.Find("busingest_cars_ledger", ("entry", "generated")));
        Assert.Equal(0, page.Find("busingest_cars_ledger", ("entry", "lost")));
        Assert.True(Grown("busingest_outbox_records_total", ("workload", "cars"), ("message", "CarGenerated")) >= 2);
        Assert.True(Grown("busingest_consume_records_total", ("workload", "cars"), ("endpoint", "cars-store")) >= 2);
        Assert.True(Grown("busingest_consume_duration_seconds_count", ("endpoint", "cars-store"), ("outcome", "consumed")) >= 1);
        Assert.True(Grown("busingest_http_duration_seconds_count", ("method", "POST"), ("route", "/cars"), ("status", "202")) >= 1);
        Assert.True(Grown("busingest_http_duration_seconds_count", ("method", "POST"), ("route", "/cars"), ("status", "400")) >= 1);
        Assert.Equal(0, page.Find("busingest_outbox_circuit", ("lane", "in-process")));
        Assert.Equal(1, page.Find("busingest_orders_phase", ("phase", "IDLE")));
        Assert.Equal(0, page.Find("busingest_sagas", ("kind", "timer"), ("state", "Running")));
        Assert.All(page.Samples.Where(sample => sample.Name is "busingest_figures_unavailable"), sample => Assert.Equal(0, sample.Value));

        double? Grown(string name, params (string, string)[] labels) => page.Find(name, labels) - (before.Find(name, labels) ?? 0);
    }

    [Fact]
    public async Task Should_have_the_ledger_of_the_events()
    {
        var service = await StartAsync();
        var time = $"{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}";
        var events = new[] { 1, 2, 2 }.Select(id => $$"""{"event_id":"{{id}}","account_id":"acme","user_id":"ann","type":"login","timestamp":"{{time}}"}""");
        using (var posted = await service.Http.PostAsync("events", CarRequests.Body($$"""{"events":[{{string.Join(',', events)}}]}"""), Token))
            Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);

        var page = await UntilAsync("Both are stored", _ => PrometheusLines.ReadAsync(service), page => page.Find("busingest_events_ledger", ("entry", "stored")) == 2);

        Assert.Equal([3, 1, 0, 0], new[] { "accepted", "known", "failed", "backlog" }.Select(entry => page.Find("busingest_events_ledger", ("entry", entry)) ?? -1));
    }

    [Fact]
    public async Task Should_have_histograms_that_add_up()
    {
        var service = await StartAsync();
        await service.Http.GetStringAsync("cars", Token);
        var page = await PrometheusLines.ReadAsync(service);
        var buckets = page.Samples
            .Where(sample => sample.Name is "busingest_http_duration_seconds_bucket" && sample.Labels["route"] is "/cars" && sample.Labels["status"] is "200")
            .Select(sample => sample.Value).ToList();
        Assert.True(buckets.Count > 10);
        Assert.Equal(buckets.Order(), buckets);
        Assert.Equal(page.Find("busingest_http_duration_seconds_count", ("route", "/cars"), ("status", "200"), ("method", "GET")), buckets[^1]);
    }

    [Fact]
    public async Task Should_not_grow_with_what_clients_make_up()
    {
        var service = await StartAsync();
        for (var i = 0; i < 20; i++)
        {
            using var request = new HttpRequestMessage(new HttpMethod($"M{i}"), $"made/up/{i}");
            using var response = await service.Http.SendAsync(request, Token);
        }

        var page = await PrometheusLines.ReadAsync(service);
        Assert.DoesNotContain(page.Samples, sample => sample.Labels.Values.Any(value => value.Contains("made", StringComparison.Ordinal) || value is "M3"));
        Assert.True(page.Find("busingest_http_duration_seconds_count", ("method", "OTHER"), ("route", "none"), ("status", "404")) >= 20);
    }

    [Fact]
    public async Task Should_be_there_in_a_process_that_answers_nothing_else()
    {
        // What the role leaves out is told by those that have it.
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with { Roles = Bus.Roles.Workers }));
        var page = await PrometheusLines.ReadAsync(service);
        Assert.NotNull(page.Find("busingest_outbox_parked"));
        Assert.DoesNotContain(page.Samples, sample => sample.Name is "busingest_sagas" or "busingest_cars_ledger");
        using var slo = await service.Http.GetAsync("slo", Token);
        Assert.Equal(HttpStatusCode.NotFound, slo.StatusCode);
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
}
