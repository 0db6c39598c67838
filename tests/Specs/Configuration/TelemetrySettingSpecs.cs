using BusIngest.Api.Configuration;

namespace BusIngest.Specs.Configuration;

public sealed class TelemetrySettingSpecs : SettingsSpec
{
    [Fact]
    public void Should_send_nothing_by_default()
    {
        var telemetry = Folder.Load().Telemetry;
        Assert.Equal(new TelemetrySettings(), telemetry);
        Assert.Null(telemetry.OtlpEndpoint);
    }

    [Fact]
    public void Should_read_where_to_send_what()
    {
        var telemetry = Folder.Load(
            null,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("Telemetry__SampleRatio", "0.05"), ("Telemetry__SloAvailability", "0.99")).Telemetry;
        Assert.Equal(("http://collector:4318/", OtlpTransport.HttpProtobuf), (telemetry.OtlpEndpoint!.AbsoluteUri, telemetry.OtlpProtocol));
        Assert.Equal((0.05, 0.99), (telemetry.SampleRatio, telemetry.SloAvailability));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://user:hush@collector")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [InlineData("Telemetry__SampleRatio", "1.1")]
    [InlineData("Telemetry__SampleRatio", "-0.1")]
    [InlineData("Telemetry__SampleRatio", "1e-1")]
    [InlineData("Telemetry__SloAvailability", "1")]
    [InlineData("Telemetry__SloAvailability", "99.9%")]
    public void Should_refuse_what_makes_no_sense(string name, string value)
    {
        var line = Assert.Single(Folder.Refuse(null, (name, value)));
        Assert.StartsWith($"{name}: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", line, StringComparison.Ordinal);
    }
}
