using BusIngest.Api.Telemetry.Figures;
using BusIngest.Bus.Supervision;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace BusIngest.Api.Telemetry.Export;

/// <summary>Looks the figures up for the exporter, which can't wait for them, and gives what is left at the end a second to be sent.</summary>
internal sealed class ExportPace(FigureBoard figures, TracerProvider traces, MeterProvider metrics, Supervisor supervisor)
    : SupervisedService(supervisor, "telemetry-export")
{
    /// <summary>How often metrics are sent.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private const int StopMilliseconds = 1_000;

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        traces.Shutdown(StopMilliseconds);
        metrics.Shutdown(StopMilliseconds);
    }

    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) => loop.EveryAsync(Period, figures.RefreshAsync, stopping);
}
