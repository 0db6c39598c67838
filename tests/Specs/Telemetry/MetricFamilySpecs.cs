using System.Diagnostics.Metrics;
using BusIngest.Api.Telemetry.Metrics;
using BusIngest.Bus.Telemetry;

namespace BusIngest.Specs.Telemetry;

public sealed class MetricFamilySpecs : IDisposable
{
    private readonly Meter _meter = new("BusIngest.Specs.Families");

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void Should_keep_a_series_for_each_set_of_tags()
    {
        var family = new MetricFamily(_meter.CreateCounter<long>("specs.things", "s"));
        family.Measure(1, [new("a", "x"), new("b", 1)]);
        family.Measure(2, [new("a", "x"), new("b", 1)]);
        family.Measure(4, [new("a", "x"), new("b", 2)]);
        family.Measure(8, []);
        Assert.Equal([3, 4, 8], family.Series().Select(series => series.Read().Value));
        Assert.Equal("specs_things_seconds_total", family.Name);
    }

    [Fact]
    public void Should_make_no_garbage_once_the_tags_are_known()
    {
        var family = new MetricFamily(_meter.CreateHistogram<double>("specs.durations", "s", null, null, Meters.Durations));
        KeyValuePair<string, object?>[] tags = [new("workload", "cars"), new("message", "CarGenerated"), new("outcome", "consumed")];
        family.Measure(0.1, tags);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            family.Measure(i / 100.0, tags);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Should_put_a_value_into_the_first_bucket_that_holds_it()
    {
        var family = new MetricFamily(_meter.CreateHistogram(
            "specs.sizes", null, null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 4] }));
        foreach (var value in new[] { 0.5, 1, 1.5, 4, 5, 100 })
            family.Measure(value, []);
        var (sum, count, buckets) = Assert.Single(family.Series()).Read();
        Assert.Equal((112, 6), (sum, count));
        Assert.Equal([2, 1, 1, 2], buckets);
    }

    [Fact]
    public void Should_stop_making_series_at_some_point()
    {
        var family = new MetricFamily(_meter.CreateCounter<long>("specs.flood"));
        for (var i = 0; i < 6_000; i++)
            family.Measure(1, [new("id", $"{i}")]);
        Assert.InRange(family.Series().Count, 5_000, 5_001);
        Assert.Equal(1_000, family.Series().Single(series => series.Tags[0].Key is "overflow").Read().Value);
    }

    [Fact]
    public void Should_write_what_any_tag_and_description_may_hold()
    {
        var family = new MetricFamily(_meter.CreateGauge<double>("specs.odd-name", "By", "a\nb \\ \"c\""));
        family.Measure(1.5, [new("la-bel", "x\"y\\z\nü")]);
        Assert.Equal(
            "# HELP specs_odd_name_bytes a\\nb \\\\ \"c\"\n# TYPE specs_odd_name_bytes gauge\nspecs_odd_name_bytes{la_bel=\"x\\\"y\\\\z\\nü\"} 1.5\n",
            PrometheusText.Write([family]));
        Assert.Single(PrometheusLines.Parse(PrometheusText.Write([family])).Samples);
    }
}
