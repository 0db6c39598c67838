using BusIngest.Api.Configuration;
using BusIngest.Api.Telemetry.Figures;
using BusIngest.Bus;
using BusIngest.Bus.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace BusIngest.Api.Telemetry.Export;

/// <summary>Sends traces and metrics by OTLP, as long as the host runs. Where nothing is configured, none of this is there.</summary>
internal sealed class TelemetryExport(Settings settings, FigureBoard figures, TimeProvider time) : BackgroundService
{
    private const int StopMilliseconds = 1_000;

    /// <summary>Our own, and those of the requests.</summary>
    private static readonly string[] Sources = [Tracing.SourceName, "Microsoft.AspNetCore"];

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    /// <summary>Sends logs as well, those that are in the log files; called before the host is built.</summary>
    public static void AddLogs(IHostApplicationBuilder builder, Settings settings)
    {
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(Describe(settings));
            logs.AddOtlpExporter(otlp => Set(otlp, settings.Telemetry, "logs"));
        });
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(category: null, LogLevel.Information);
        foreach (var quiet in new[] { "Microsoft", "System", "MassTransit" })
            builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(quiet, LogLevel.Warning);
    }

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Describe(settings))
            .AddSource(Sources)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.Telemetry.SampleRatio)))
            .AddOtlpExporter(otlp => Set(otlp, settings.Telemetry, "traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Describe(settings))
            .AddMeter(Meters.Name, "System.Runtime")
            .AddOtlpExporter((otlp, reader) =>
            {
                Set(otlp, settings.Telemetry, "metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)Period.TotalMilliseconds;
            })
            .Build();
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Sends what is left, for a second.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _traces?.Shutdown(StopMilliseconds);
        _metrics?.Shutdown(StopMilliseconds);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    /// <summary>Looks the figures up for the exporter, which can't wait for them.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
            await figures.RefreshAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static ResourceBuilder Describe(Settings settings) => ResourceBuilder.CreateDefault()
        .AddService(
            "busingest",
            serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(),
            serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}")
        .AddAttributes([new("busingest.roles", settings.Roles.Written())]);

    /// <summary>Headers, such as a token of the receiver's, are read from OTEL_EXPORTER_OTLP_HEADERS by the exporter itself.</summary>
    private static void Set(OtlpExporterOptions otlp, TelemetrySettings telemetry, string signal)
    {
        otlp.Protocol = telemetry.OtlpProtocol == OtlpTransport.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        // An address set by code is taken as it is, while the one of the standard's is without the signal's path.
        otlp.Endpoint = telemetry.OtlpProtocol == OtlpTransport.Grpc
            ? telemetry.OtlpEndpoint!
            : new Uri($"{telemetry.OtlpEndpoint!.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
    }
}
