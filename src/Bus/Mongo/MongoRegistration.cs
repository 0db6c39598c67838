using BusIngest.Bus.Copies;
using BusIngest.Bus.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Mongo;

/// <summary>Registers what goes to MongoDB.</summary>
public static class MongoRegistration
{
    /// <summary>Adds the connection, how far the copies are behind, and, in a process with workers, who copies. Sources of copies are added by their workloads.</summary>
    internal static IServiceCollection AddMongo(this IServiceCollection services, MongoOptions options, bool copies)
    {
        services.AddSingleton(options).AddSingleton<MongoServer>().AddSingleton<MongoCopies>();
        services.AddSingleton(provider => new CopyLags(provider.GetRequiredService<IMainDatabase>(), provider.GetServices<ICopySource>()));
        services.AddSingleton(provider => new MongoStock(provider.GetRequiredService<MongoServer>(), provider.GetServices<ICopySource>()));
        services.AddSingleton<DocumentCopier>().AddSingleton(provider => new CopyRebuild(
            provider.GetServices<ICopySource>(),
            provider.GetRequiredService<CopyFeeds>(),
            provider.GetRequiredService<CopyLags>(),
            provider.GetRequiredService<MongoServer>(),
            provider.GetRequiredService<DocumentCopier>()));
        if (copies)
            services.AddHostedService(provider => provider.GetRequiredService<DocumentCopier>());
        services.AddHealthChecks().Add(new(
            "mongodb", provider => ActivatorUtilities.CreateInstance<MongoHealthCheck>(provider), failureStatus: null, tags: null));
        return services;
    }

    /// <summary>Adds what notes changes, or says that they are not noted.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="areNoted">Whether documents are copied.</param>
    /// <param name="writes">Whether this process changes documents.</param>
    internal static IServiceCollection AddCopies(this IServiceCollection services, bool areNoted, bool writes)
    {
        services.AddDatabasePart<CopiesContext>().AddSingleton<CopyFeeds>();
        services.AddSingleton(provider => new DocumentChanges(areNoted, provider.GetRequiredService<TimeProvider>()));
        if (writes && !areNoted)
            services.AddHostedService<EndFeedsAtStart>();
        return services;
    }
}
