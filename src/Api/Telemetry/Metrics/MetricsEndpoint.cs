using BusIngest.Api.Telemetry.Figures;

namespace BusIngest.Api.Telemetry.Metrics;

/// <summary>The route `/metrics`, of every process whatever its roles.</summary>
internal static class MetricsEndpoint
{
    /// <summary>Maps it.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics", async (FigureBoard figures, MetricStore metrics, CancellationToken cancellationToken) =>
        {
            await figures.RefreshAsync(cancellationToken);
            return Results.Text(PrometheusText.Write(metrics.Collect()), PrometheusText.ContentType);
        })
        .ExcludeFromDescription();
}
