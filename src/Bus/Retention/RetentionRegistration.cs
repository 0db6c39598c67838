using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Retention;

/// <summary>Registers what goes with time.</summary>
public static class RetentionRegistration
{
    /// <summary>Has old rows of some tables deleted; does nothing without tables.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, IReadOnlyCollection<RetiredTable> tables)
    {
        if (tables.Count == 0)
            return services;

        foreach (var table in tables)
            services.AddSingleton(table);
        return services.AddSingleton<RetentionService>().AddHostedService(provider => provider.GetRequiredService<RetentionService>());
    }
}
