using BusIngest.Api.Configuration;
using BusIngest.Api.Limits;
using BusIngest.Api.OpenApi;
using BusIngest.Api.Security;
using BusIngest.Api.Telemetry;
using BusIngest.Api.Telemetry.Metrics;
using BusIngest.Api.Telemetry.Requests;

namespace BusIngest.Api.Hosting;

/// <summary>Everything about the host that no workload cares for.</summary>
public static class HostingExtensions
{
    /// <summary>A graceful stop must be over within 10 s, the process's end included.</summary>
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(8.5);

    /// <summary>A builder that reads nothing but our settings: no ASPNETCORE_ variables, no other files.</summary>
    /// <exception cref="SettingsException">The address can't be listened on.</exception>
    public static WebApplicationBuilder CreateBuilder(Settings settings)
    {
        Listening.Probe(settings.Http);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(HostingExtensions).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.AddBusIngestHosting(settings);
        return builder;
    }

    /// <summary>Maps the host's own routes and puts its middleware before every endpoint.</summary>
    public static WebApplication UseBusIngestHosting(this WebApplication app, Settings settings)
    {
        // Made before whatever else is, so that it is disposed after that has logged its end.
        app.Services.GetRequiredService<LogFlush>();
        // Counts from here on.
        app.Services.GetRequiredService<MetricStore>();
        Refusals.Register();
        app.UseTrustedProxies(settings.Http);
        app.UseHead();
        app.UseRouting();
        app.UseRequestTelemetry();
        app.UseProblems();
        app.UseSecurityHeaders();
        app.UseReservedConnections();
        app.UseBrowserGuard(settings.Http);
        app.UseHttpsRedirect(settings.Http);
        app.UseCrossOrigin(settings.Http);
        app.UseApiKeys(settings.ApiKeys);
        // Only now is it known who asks, and that he may: before, nothing is read, kept or written.
        app.UseSingleValues();
        app.UseKeys();
        app.UseLimits();
        app.UseBodies();
        app.UseStorableText();
        app.UseKeyedRequests();
        app.UseApiPage();
        app.MapHealth();
        app.MapMetrics();
        foreach (var notice in settings.Notices)
            app.Logger.LogWarning("{Notice}", notice);
        foreach (var key in settings.ApiKeys.Where(key => !key.IsStrong))
            app.Logger.LogWarning("AUTH_API_KEYS: the key of {Name} may be guessed: it has fewer than 128 bits. Draw one: openssl rand -base64 32", key.Name);

        return app;
    }

    private static void AddBusIngestHosting(this WebApplicationBuilder builder, Settings settings)
    {
        builder.AddLogFiles(settings.Logs);
        // Nothing in a request blocks, so it goes on where its bytes came in instead of on another thread.
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Set(settings.Http);
            kestrel.ListenOn(settings.Http);
        });
        if (settings.Http.Certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton(provider => new ConnectionGate(settings.Http, provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<BrowserSessions>().AddSingleton<SessionKey>().AddSingleton<EndedSessions>().AddSingleton<WrongKeys>().AddSingleton<RevokedKeys>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopDeadline);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddTelemetry(settings);
        builder.Services.AddRouting();
        builder.Services.AddProblems();
        builder.Services.AddCors();
        builder.Services.AddBodies(settings.Http);
        builder.Services.AddLimits(settings);
        builder.Services.AddHealthChecks();
        builder.Services.AddHostedService<SettingFilesWatch>();
        builder.Services.AddApiDescription(asksForKey: settings.ApiKeys.Count > 0);
    }
}
