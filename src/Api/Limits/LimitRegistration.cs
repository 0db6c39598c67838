using BusIngest.Api.Configuration;
using BusIngest.Api.Events;
using BusIngest.Bus.Redis;

namespace BusIngest.Api.Limits;

/// <summary>Puts limits on routes.</summary>
internal static class LimitRegistration
{
    /// <summary>Adds what keeps count: in Redis where there is one, else in memory.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(new LimitPolicies(settings.Limits)).AddSingleton<LocalLimits>().AddSingleton<RequestLimits>().AddSingleton<IEventAdmission, AccountLimits>();
        return settings.Redis is null
            ? services.AddSingleton<ILimits>(provider => provider.GetRequiredService<LocalLimits>())
            : services.AddSingleton<ILimits>(provider => new SharedLimits(
                provider.GetRequiredService<LocalLimits>(), provider.CreateScripts<SharedLimits>(SharedLimits.WhileAway)));
    }

    /// <summary>Limits the marked routes from here on.</summary>
    public static void UseLimits(this IApplicationBuilder app)
    {
        var requests = app.ApplicationServices.GetRequiredService<RequestLimits>();
        app.Use(requests.InvokeAsync);
    }

    /// <summary>Marks a route as limited.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">One of <see cref="LimitedRoute"/>'s.</param>
    public static RouteHandlerBuilder Limit(this RouteHandlerBuilder route, string name) =>
        route.WithMetadata(new LimitedRoute(name)).ProducesProblem(StatusCodes.Status429TooManyRequests);
}
