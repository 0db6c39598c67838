using BusIngest.Api.Configuration;
using BusIngest.Api.Telemetry.Export;
using BusIngest.Api.Telemetry.Figures;
using BusIngest.Api.Telemetry.Metrics;
using BusIngest.Api.Telemetry.Requests;
using BusIngest.Bus;

namespace BusIngest.Api.Telemetry;

/// <summary>Registers what is measured, and where it goes.</summary>
internal static class TelemetryRegistration
{
    /// <summary>Adds metrics and figures; what all processes share is told by those alone that answer HTTP.</summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder, Settings settings)
    {
        var services = builder.Services;
        services.AddSingleton<RequestMeters>().AddSingleton<FigureBoard>().AddSingleton<MetricStore>();
        services.AddSingleton<IFigureSource, HttpFigures>().AddSingleton<IFigureSource, OutboxFigures>()
            .AddSingleton<IFigureSource, BacklogFigures>().AddSingleton<IFigureSource, LoopFigures>();
        if (settings.Roles.HasFlag(Roles.Api))
        {
            services.AddSingleton<IFigureSource, DeliveryFigures>().AddSingleton<IFigureSource, SagaFigures>()
                .AddSingleton<IFigureSource, OrderFigureSource>().AddSingleton<IFigureSource, SyncFigureSource>()
                .AddSingleton<IFigureSource, CarFigures>().AddSingleton<IFigureSource, EventFigures>();
        }

        if (settings.Mongo is not null)
            services.AddSingleton<IFigureSource, CopyFigures>();
        if (settings.Telemetry.OtlpEndpoint is not null)
            builder.AddTelemetryExport(settings);
    }
}
