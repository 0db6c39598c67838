using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BusIngest.Bus.Progress;

/// <summary>Registers the watch over who moves messages on.</summary>
public static class ProgressRegistration
{
    /// <summary>Adds it, unless it is there.</summary>
    public static IServiceCollection AddWorkWatch(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new WorkWatch(provider.GetRequiredService<TimeProvider>(), provider.GetServices<IWatchedWork>()));
        return services;
    }
}
