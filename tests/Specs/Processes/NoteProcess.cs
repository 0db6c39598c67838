using BusIngest.Bus;
using BusIngest.Specs.Notes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Processes;

/// <summary>Processes whose endpoints `alpha` and `beta` consume notes.</summary>
internal static class NoteProcess
{
    /// <summary>How many messages an endpoint works on at once, unless a spec says otherwise.</summary>
    private const int Concurrency = 16;

    /// <summary>A setup with `alpha` alone.</summary>
    public static BusSetup WithAlpha(NoteReaders readers, int concurrency = Concurrency) => new()
    {
        Services = services => AddNotes(services, readers),
        Consumers = bus => bus.AddConsumer<AlphaConsumer>().Endpoint(endpoint => Name(endpoint, "alpha", concurrency)),
    };

    /// <summary>A setup with both.</summary>
    public static BusSetup WithBoth(NoteReaders readers) => new()
    {
        Services = services => AddNotes(services, readers),
        Consumers = bus =>
        {
            bus.AddConsumer<AlphaConsumer>().Endpoint(endpoint => Name(endpoint, "alpha", Concurrency));
            bus.AddConsumer<BetaConsumer>().Endpoint(endpoint => Name(endpoint, "beta", Concurrency));
        },
    };

    /// <summary>Publishes each note in a message of its own.</summary>
    public static async Task PublishEachAsync(this BusProcess process, params IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
            await process.Outbox.PublishAsync(new Note(number), TestContext.Current.CancellationToken);
    }

    private static void AddNotes(IServiceCollection services, NoteReaders readers) =>
        services.AddSingleton(readers).AddChunk(NotesJson.Default.Note, (count, records) => new NotesTaken(count, records));

    private static void Name(IEndpointRegistrationConfigurator endpoint, string name, int concurrency)
    {
        endpoint.Name = name;
        endpoint.ConcurrentMessageLimit = concurrency;
    }
}
