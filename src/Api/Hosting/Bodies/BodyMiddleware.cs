using BusIngest.Api.Configuration;

namespace BusIngest.Api.Hosting;

/// <summary>Has bodies taken in from here on: nothing before it reads one.</summary>
internal static class BodyMiddleware
{
    /// <summary>Adds what takes them in, and what keeps those with a key apart.</summary>
    public static void AddBodies(this IServiceCollection services, HttpSettings settings) => services
        .AddSingleton(new BodyBudget(settings.MaxBodiesBytes))
        .AddSingleton<BodyIntake>()
        .AddSingleton<RequestsUnderWay>()
        .AddSingleton<KeyedRequests>();

    /// <summary>Takes them in.</summary>
    public static void UseBodies(this IApplicationBuilder app)
    {
        var intake = app.ApplicationServices.GetRequiredService<BodyIntake>();
        app.Use((context, next) => BodyIntake.HasBody(context) ? TakeAsync(context, next, intake) : next(context));
    }

    private static async Task TakeAsync(HttpContext context, RequestDelegate next, BodyIntake intake)
    {
        if (await intake.TakeAsync(context) is { } refusal)
            await refusal.ExecuteAsync(context);
        else
            await next(context);
    }
}
