namespace BusIngest.Api.Telemetry.Metrics;

/// <summary>What Prometheus takes a metric for.</summary>
internal enum MetricKind
{
    /// <summary>It only grows.</summary>
    Counter,

    /// <summary>It is as it is.</summary>
    Gauge,

    /// <summary>How often it was how large.</summary>
    Histogram,
}
