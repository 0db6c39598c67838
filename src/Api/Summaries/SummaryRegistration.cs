using BusIngest.Api.Configuration;
using BusIngest.Api.Events;
using BusIngest.Bus;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Supervision;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Summaries;

/// <summary>Registers what keeps summaries, and what tells that they have changed.</summary>
internal static class SummaryRegistration
{
    /// <summary>Adds it for the roles of this process.</summary>
    public static IServiceCollection AddSummaries(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings.Summaries).AddSingleton<SummaryCache>().AddSingleton<SummaryGuard>().AddSingleton<ISummaries, AccountSummaries>();
        services.AddSingleton<ISummaryInvalidation>(provider => provider.GetRequiredService<SummaryCache>());
        if (settings.Redis is null)
            return services;

        services.AddSingleton(provider => new SharedSummaries(provider.CreateScripts<SharedSummaries>(SharedSummaries.WhileAway), settings.Summaries));
        if (settings.Roles.HasFlag(Roles.Api))
            services.AddHostedService<SummaryListener>();
        if (!settings.Roles.HasFlag(Roles.Workers))
            return services;

        services.AddSingleton(provider => new SummaryNews(
            provider.CreateScripts<SummaryNews>(SummaryNews.WhileAway), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Supervisor>()));
        services.AddSingleton<ISummaryInvalidation>(provider => provider.GetRequiredService<SummaryNews>());
        return services.AddHostedService(provider => provider.GetRequiredService<SummaryNews>());
    }
}
