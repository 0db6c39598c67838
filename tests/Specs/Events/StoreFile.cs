using System.Text;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Events;
using BusIngest.Support.Storage;
using BusIngest.Workers.Events.Folding;
using BusIngest.Workers.Events.Storing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusIngest.Specs.Events;

/// <summary>A database of events, and a process that stores in it; both may be given up and taken anew.</summary>
internal sealed class StoreFile : IAsyncDisposable
{
    private readonly DataDirectory _directory;

    private StoreFile(DataDirectory directory)
    {
        _directory = directory;
        Database = new MainDatabase(directory, NullLogger<MainDatabase>.Instance);
        Store = new SqliteEventStore();
        Folding = new SqliteFolding(Database, Store);
    }

    public MainDatabase Database { get; }

    public SqliteEventStore Store { get; }

    public SqliteFolding Folding { get; }

    /// <summary>Opens it.</summary>
    public static async Task<StoreFile> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        var file = new StoreFile(DataDirectory.Take(folder));
        await using var context = new EventsContext(file.Database);
        await context.Database.MigrateAsync(cancellationToken);
        return file;
    }

    /// <summary>Stores events.</summary>
    /// <returns>How many were new.</returns>
    public Task<int> StoreAsync(params IReadOnlyList<string> events) =>
        Database.Writer.WriteAsync(events.Count, session => Store.Store(session, Storable(events)));

    /// <summary>Events as the consumer has them.</summary>
    public static StorableEvents Storable(IReadOnlyList<string> events) => StorableEvents.Of(
        new EventRecorded(events.Count, Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]")),
        Guid.NewGuid(),
        TimeProvider.System.GetUtcNow(),
        TimeSpan.FromDays(1));

    /// <summary>All rows.</summary>
    public IReadOnlyList<StoredEventRow> Rows() => StoredEvents.Read(_directory.Path);

    /// <summary>The ids of all rows, in order.</summary>
    public IReadOnlyList<string> Ids() => [.. Rows().Select(row => row.EventId).Order(StringComparer.Ordinal)];

    /// <summary>The number that a query gives.</summary>
    public long Number(string query) => Database.Readers.Read(session => session.NumberOf(query));

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _directory.Dispose();
    }
}
