using BusIngest.Bus;
using BusIngest.Bus.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace BusIngest.Readings;

/// <summary>A program that has this workload and no other.</summary>
internal static class ReadingsProgram
{
    /// <summary>Starts it on a free port.</summary>
    /// <param name="dataDirectory">DATA_DIR.</param>
    /// <param name="options">What it runs over; by default SQLite and the in-process bus.</param>
    public static async Task<WebApplication> StartAsync(string dataDirectory, BusOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddBus(DataDirectory.Take(dataDirectory), options, bus => bus.AddReadingConsumers());
        builder.Services.AddReadings();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapReadingsApi();
        await app.Services.PrepareStorageAsync();
        await app.StartAsync();
        return app;
    }
}
