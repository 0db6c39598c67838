using BusIngest.Api.Configuration;
using BusIngest.Api.Dashboard.Live;
using BusIngest.Api.Dashboard.Reading;
using BusIngest.Api.Dashboard.Reading.Events;
using BusIngest.Api.Dashboard.Sampling;
using BusIngest.Api.Hosting;
using BusIngest.Api.Limits;
using BusIngest.Bus;

namespace BusIngest.Api.Dashboard;

/// <summary>The routes of the dashboard: its pages, the live form of each, and what they are made of.</summary>
internal static class DashboardEndpoints
{
    /// <summary>A page that shows a summary is limited as the route of summaries is.</summary>
    private static readonly LimitedRoute Explored = new(LimitedRoute.Summaries, static request => request.Query.ContainsKey("account"));

    /// <summary>Adds what the routes need.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<PageRenderer>()
            .AddSingleton<LiveViews>()
            .AddSingleton<DashboardAssets>()
            .AddSingleton<Samples>()
            .AddScoped<ViewQuery>()
            .AddTransient<FailureGroups>()
            .AddTransient<UpcomingTimers>()
            .AddSingleton<LogTail>()
            .AddSingleton<BusyAccounts>();
        _ = settings.Postgres is null
            ? services.AddSingleton<IEventCounts, SqliteEventCounts>().AddSingleton<IBusyAccountQuery, SqliteBusyAccounts>()
            : services.AddSingleton<IEventCounts, PostgresEventCounts>().AddSingleton<IBusyAccountQuery, PostgresBusyAccounts>();
        services.AddSingleton<IWorkloadProbe, CarsProbe>()
            .AddSingleton<IWorkloadProbe, OrdersProbe>()
            .AddSingleton<IWorkloadProbe, TimersProbe>()
            .AddSingleton<IWorkloadProbe, SyncProbe>()
            .AddSingleton<IWorkloadProbe, EventsProbe>();
        if (settings.Roles.HasFlag(Roles.Api))
            services.AddHostedService<Sampler>();
        return services;
    }

    /// <summary>Maps `/` and `/dashboard…`.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder routes)
    {
        var dashboard = routes.MapGroup("").ExcludeFromDescription();
        dashboard.MapGet("/", (HttpContext context, LiveViews views) => PageAnswer.ServeAsync(context, DashboardPages.Overview.Name, views));
        dashboard.MapGet("/dashboard", () => TypedResults.Redirect("/"));
        dashboard.MapGet("/dashboard/{page}", (string page, HttpContext context, LiveViews views) => PageAnswer.ServeAsync(context, page, views))
            .WithMetadata(Explored);
        dashboard.MapGet("/dashboard/{page}/live", LiveStream.ServeAsync).WithMetadata(Explored);
        dashboard.MapGet("/dashboard/assets/{file}", (string file, HttpContext context, DashboardAssets assets) => assets.Answer(file, context));
        dashboard.MapGet("/dashboard/login", LoginAnswer.ShowAsync);
        dashboard.MapPost("/dashboard/login", LoginAnswer.EnterAsync).LimitBody(LoginAnswer.LongestBody).WithMetadata(new StartsNothing());
        dashboard.MapPost("/dashboard/logout", LoginAnswer.LeaveAsync).WithMetadata(new StartsNothing());
    }
}
