using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Reads where PostgreSQL is: a URL, or Npgsql's own key=value text.</summary>
public static class PostgresAddress
{
    private const int DefaultPort = 5432;

    /// <summary>Reads either form.</summary>
    /// <exception cref="ArgumentException">It is neither, or names no host; the message does not show it, as it may hold a password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        var builder = text.Contains("://", StringComparison.Ordinal) ? ParseUrl(text) : ParsePairs(text);
        return string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database)
            ? throw new ArgumentException("names no host or no database", nameof(text))
            : builder;
    }

    private static NpgsqlConnectionStringBuilder ParsePairs(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new ArgumentException("is neither a postgres:// URL nor key=value pairs of Npgsql", nameof(text), exception);
        }
    }

    private static NpgsqlConnectionStringBuilder ParseUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("postgres" or "postgresql"))
            throw new ArgumentException("is no URL of the form postgres://user:password@host:port/name", nameof(text));

        var user = url.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = url.DnsSafeHost,
            Port = url.Port > 0 ? url.Port : DefaultPort,
            Database = Uri.UnescapeDataString(url.AbsolutePath.Trim('/')),
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
        foreach (var (index, pair) in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Index())
            Apply(builder, pair, index + 1);
        return builder;
    }

    /// <summary>libpq's names that differ from Npgsql's are few: `sslmode` is known to both.</summary>
    private static void Apply(NpgsqlConnectionStringBuilder builder, string pair, int number)
    {
        var parts = pair.Split('=', 2);
        try
        {
            builder[Uri.UnescapeDataString(parts[0])] = Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : "");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // Not by its name: it may be the rest of a password.
            throw new ArgumentException(
                $"has a parameter, number {number}, that is not known or has a wrong value; in a password a '?' is written %3F", nameof(pair), exception);
        }
    }
}
