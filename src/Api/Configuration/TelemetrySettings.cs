namespace BusIngest.Api.Configuration;

/// <summary>What is told of the program, and to whom.</summary>
public sealed record TelemetrySettings
{
    /// <summary>Where traces, metrics and logs are sent by OTLP; null: nowhere. Default null.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>How they travel. Default gRPC.</summary>
    public OtlpTransport OtlpProtocol { get; init; }

    /// <summary>The share of traces that is kept, 0–1; a client that sends a trace along decides itself. Default 1.</summary>
    public double SampleRatio { get; init; } = 1;

    /// <summary>The share of requests that must not be answered 5xx, 0–0.99999. Default 0.999.</summary>
    public double SloAvailability { get; init; } = 0.999;
}
