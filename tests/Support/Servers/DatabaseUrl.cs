using Npgsql;

namespace BusIngest.Support.Servers;

/// <summary>Reads a URL of PostgreSQL, `postgresql://user:password@host:port/name`, apart from the program's own way.</summary>
public static class DatabaseUrl
{
    /// <summary>For connections that end when they are disposed, so that none keeps a database from being dropped.</summary>
    public static NpgsqlConnectionStringBuilder Parse(string url)
    {
        var (address, user) = (new Uri(url), new UriBuilder(url));
        return new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port,
            Username = user.UserName,
            Password = user.Password,
            Database = address.AbsolutePath.Trim('/'),
            Pooling = false,
        };
    }

    /// <summary>For connections that are pooled.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="maxAutoPrepare">How many statements a connection prepares, those that it has sent twice.</param>
    public static NpgsqlConnectionStringBuilder Pooled(string url, int maxAutoPrepare = 0)
    {
        var connection = Parse(url);
        (connection.Pooling, connection.MaxAutoPrepare, connection.AutoPrepareMinUsages) = (true, maxAutoPrepare, 2);
        return connection;
    }
}
