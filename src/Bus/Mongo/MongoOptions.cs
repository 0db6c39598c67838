using MongoDB.Driver;

namespace BusIngest.Bus.Mongo;

/// <summary>Where MongoDB is. It holds a password: never shown.</summary>
public sealed record MongoOptions
{
    /// <summary>The database where the URI names none.</summary>
    public const string DefaultDatabase = "busingest";

    private const string Form = "is not of the form mongodb://user:password@host:port/database?replicaSet=name (or mongodb+srv)";

    private MongoOptions(string uri) => Uri = uri;

    /// <summary>The connection string.</summary>
    internal string Uri { get; }

    /// <summary>How long the server may take to answer, 100 ms–20 s. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The database.</summary>
    internal string Database => MongoUrl.Create(Uri).DatabaseName ?? DefaultDatabase;

    /// <summary>Reads a connection string; nothing is connected.</summary>
    /// <exception cref="FormatException">It can't be read. The message begins with "is", and never shows it.</exception>
    public static MongoOptions Parse(string uri)
    {
        var options = new MongoOptions(uri);
        try
        {
            options.Settings();
        }
        catch (Exception exception) when (exception is MongoException or FormatException or ArgumentException or InvalidOperationException)
        {
#pragma warning disable MA0054 // The driver's own text has the connection string in it, with the password.
            throw new FormatException(
                $"{Form}; in user and password, characters such as : / @ # ? % are written as %3A %2F %40 %23 %3F %25, and options must be those that MongoDB knows");
#pragma warning restore MA0054
        }

        return options;
    }

    /// <summary>What the driver is told. A write counts as done once the majority of the servers has it, whatever the URI says.</summary>
    internal MongoClientSettings Settings()
    {
        var url = new MongoUrl(Uri);
        var settings = MongoClientSettings.FromUrl(url);
        settings.ApplicationName ??= "busingest";
        settings.ServerSelectionTimeout = Timeout / 2;
        settings.ConnectTimeout = Timeout / 2;
        settings.SocketTimeout = Timeout;
        settings.WriteConcern = WriteConcern.WMajority;
        settings.ReadConcern = ReadConcern.Majority;
        settings.ReadPreference = ReadPreference.Primary;
        settings.Freeze();
        return settings;
    }

    /// <inheritdoc />
    public override string ToString() => $"mongodb://{string.Join(',', MongoUrl.Create(Uri).Servers)}/{Database}";
}
