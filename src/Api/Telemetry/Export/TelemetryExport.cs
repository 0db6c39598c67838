using System.Collections;
using BusIngest.Api.Configuration;
using BusIngest.Bus;
using BusIngest.Bus.Telemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace BusIngest.Api.Telemetry.Export;

/// <summary>Sends traces, metrics and logs by OTLP, as long as the host runs. Where nothing is configured, none of this is there.</summary>
internal static class TelemetryExport
{
    /// <summary>Our own, and those of the requests.</summary>
    private static readonly string[] Sources = [Tracing.SourceName, "Microsoft.AspNetCore"];

    private const string StandardPrefix = "OTEL_";

    /// <summary>Adds it; called before the host is built.</summary>
    public static void AddTelemetryExport(this IHostApplicationBuilder builder, Settings settings)
    {
        builder.Configuration.AddInMemoryCollection(StandardVariables());
        builder.AddLogs(settings);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, settings))
            .WithTracing(traces => traces
                .AddSource(Sources)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.Telemetry.SampleRatio)))
                .AddOtlpExporter(otlp => Set(otlp, settings.Telemetry, "traces")))
            .WithMetrics(metrics => metrics
                .AddMeter(Meters.Name)
                .AddRuntimeInstrumentation()
                .AddOtlpExporter((otlp, reader) =>
                {
                    Set(otlp, settings.Telemetry, "metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)ExportPace.Period.TotalMilliseconds;
                }));
        builder.Services.AddHostedService<ExportPace>();
    }

    /// <summary>Logs as well, those that are in the log files.</summary>
    private static void AddLogs(this IHostApplicationBuilder builder, Settings settings)
    {
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(Describe(ResourceBuilder.CreateDefault(), settings));
            logs.AddOtlpExporter(otlp => Set(otlp, settings.Telemetry, "logs"));
        });
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(category: null, LogLevel.Information);
        foreach (var quiet in new[] { "Microsoft", "System", "MassTransit" })
            builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(quiet, LogLevel.Warning);
    }

    private static ResourceBuilder Describe(ResourceBuilder resource, Settings settings) => resource
        .AddService(
            "busingest",
            serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(),
            serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}")
        .AddAttributes([new("busingest.roles", settings.Roles.Written())])
        // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
        .AddEnvironmentVariableDetector();

    /// <summary>
    /// The environment's OTEL_ variables, such as OTEL_EXPORTER_OTLP_HEADERS with a token of the receiver's: the exporters read them from the host's
    /// configuration, which has nothing else of the environment.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, string?>> StandardVariables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => new KeyValuePair<string, string?>((string)variable.Key, (string?)variable.Value))
            .Where(variable => variable.Key.StartsWith(StandardPrefix, StringComparison.Ordinal));

    private static void Set(OtlpExporterOptions otlp, TelemetrySettings telemetry, string signal)
    {
        otlp.Protocol = telemetry.OtlpProtocol == OtlpTransport.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        // An address set by code is taken as it is, while the one of the standard's is without the signal's path.
        otlp.Endpoint = telemetry.OtlpProtocol == OtlpTransport.Grpc
            ? telemetry.OtlpEndpoint!
            : new Uri($"{telemetry.OtlpEndpoint!.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
    }
}
