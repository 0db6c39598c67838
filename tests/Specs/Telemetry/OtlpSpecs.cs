using System.Net;
using BusIngest.Api.Configuration;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using Serilog.Events;

namespace BusIngest.Specs.Telemetry;

/// <summary>What is sent when somebody is named to whom.</summary>
public sealed class OtlpSpecs : Spec
{
    [Fact]
    public async Task Should_send_traces_metrics_and_logs()
    {
        var receiver = Own(await OtlpReceiver.StartAsync());
        var settings = RunningService.SettingsIn(Folder);
        await using (var service = await RunningService.StartAsync(settings with
        {
            Telemetry = new() { OtlpEndpoint = receiver.Address, OtlpProtocol = OtlpTransport.HttpProtobuf },
            Logs = settings.Logs with { Level = LogEventLevel.Information },
            Notices = ["a notice that is logged at the start"],
        }))
        {
            using var posted = await service.Http.PostAsync("cars", CarRequests.Body(CarText.Good), Token);
            Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
            await service.AtRestAsync();
        }

        // The stop has sent the rest.
        Assert.All(["POST /cars", "outbox Car", "process CarGenerated", "busingest"], name => Assert.Contains(name, receiver.Of("traces"), StringComparison.Ordinal));
        Assert.All(
            ["busingest.http.duration", "busingest.consume.duration", "busingest.outbox.parked", "dotnet.gc.collections"],
            name => Assert.Contains(name, receiver.Of("metrics"), StringComparison.Ordinal));
        Assert.Contains("a notice that is logged at the start", receiver.Of("logs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_heed_the_standard_s_variables_for_headers_and_names()
    {
        var receiver = Own(await OtlpReceiver.StartAsync());
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_HEADERS", $"{OtlpReceiver.TokenHeader}=let-me-in");
        Environment.SetEnvironmentVariable("OTEL_SERVICE_NAME", "ingest-of-the-north");
        try
        {
            await using var service = await RunningService.StartAsync(RunningService.SettingsIn(Folder) with
            {
                Telemetry = new() { OtlpEndpoint = receiver.Address, OtlpProtocol = OtlpTransport.HttpProtobuf },
                Notices = ["a notice that is logged at the start"],
            });
            using var posted = await service.Http.PostAsync("cars", CarRequests.Body(CarText.Good), Token);
            Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_HEADERS", null);
            Environment.SetEnvironmentVariable("OTEL_SERVICE_NAME", null);
        }

        Assert.All(["traces", "metrics", "logs"], signal =>
        {
            Assert.Equal(["let-me-in"], receiver.TokensOf(signal));
            Assert.Contains("ingest-of-the-north", receiver.Of(signal), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Should_not_mind_that_nobody_is_there()
    {
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with
        {
            Telemetry = new() { OtlpEndpoint = new Uri("http://127.0.0.1:1"), OtlpProtocol = OtlpTransport.Grpc },
        }));
        using var posted = await service.Http.PostAsync("cars", CarRequests.Body(CarText.Good), Token);
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
        await service.AtRestAsync();
    }
}
