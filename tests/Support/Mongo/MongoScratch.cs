using MongoDB.Bson;
using MongoDB.Driver;

namespace BusIngest.Support.Mongo;

/// <summary>
/// A database of one test: on the server that BUSINGEST_MONGO names by its connection string, or else on a <see cref="FakeMongo"/>.
/// </summary>
public sealed class MongoScratch : IAsyncDisposable
{
    private const string Variable = "BUSINGEST_MONGO";

    private readonly string _name = $"busingest_test_{Guid.NewGuid():N}";
    private readonly MongoClient _client;

    private MongoScratch(string? real)
    {
        Fake = real is null ? FakeMongo.Start() : null;
        Uri = real is null ? Fake!.Uri(_name) : WithDatabase(real);
        _client = new MongoClient(Uri);
    }

    /// <summary>Whether a real server is named.</summary>
    public static bool IsReal => Real is not null;

    /// <summary>The server, unless it is a real one.</summary>
    public FakeMongo? Fake { get; }

    /// <summary>The connection string, for a program.</summary>
    public string Uri { get; }

    /// <summary>The database.</summary>
    public IMongoDatabase Database => _client.GetDatabase(_name);

    private static string? Real => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } uri ? uri : null;

    /// <summary>Users of a server are known by its own database, whichever they work in.</summary>
    private string WithDatabase(string real)
    {
        var url = new MongoUrlBuilder(real);
        if (url.Username is not null)
            url.AuthenticationSource ??= url.DatabaseName ?? "admin";
        url.DatabaseName = _name;
        return url.ToString();
    }

    /// <summary>Makes one.</summary>
    public static MongoScratch Start() => new(Real);

    /// <summary>All documents of a collection, by their ids.</summary>
    public async Task<IReadOnlyDictionary<string, BsonDocument>> ReadAsync(string collection, CancellationToken cancellationToken)
    {
        var found = await Database.GetCollection<BsonDocument>(collection).Find(new BsonDocument()).ToListAsync(cancellationToken);
        return found.ToDictionary(document => document["_id"].AsString, StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Fake is null)
            await _client.DropDatabaseAsync(_name, CancellationToken.None);
        _client.Dispose();
        if (Fake is not null)
            await Fake.DisposeAsync();
    }
}
