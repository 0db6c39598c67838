using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Reads where PostgreSQL is: a URL, or Npgsql's own key=value text.</summary>
public static class PostgresAddress
{
    /// <summary>Reads either form.</summary>
    /// <exception cref="ArgumentException">It is neither, names no host, or has options that are unknown or contradict each other; the message
    /// does not show it, as it may hold a password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        var builder = text.Contains("://", StringComparison.Ordinal) ? PostgresUrl.Parse(text) : ParsePairs(text);
        if (string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database))
            throw new ArgumentException("names no host or no database", nameof(text));
        Check(builder);
        return builder;
    }

    /// <summary>Whether an option was given, rather than left as it is by default.</summary>
    /// <param name="builder">What was given.</param>
    /// <param name="key">Npgsql's name of it.</param>
    public static bool Gives(this NpgsqlConnectionStringBuilder builder, string key) => builder.Keys.Cast<string>().Contains(key, StringComparer.OrdinalIgnoreCase);

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

    /// <summary>What Npgsql itself would say of it with the first connection.</summary>
    private static void Check(NpgsqlConnectionStringBuilder builder)
    {
        foreach (var (file, name) in new[] { (builder.RootCertificate, "sslrootcert"), (builder.SslCertificate, "sslcert"), (builder.SslKey, "sslkey") })
        {
            if (file is { Length: > 0 } && !File.Exists(file))
                throw new ArgumentException($"has {name}={file}, and there is no such file", nameof(builder));
        }

        try
        {
            PostgresSource.Build(builder, passwords: null).Dispose();
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException or NotSupportedException)
        {
            throw new ArgumentException($"has options that contradict each other: {exception.Message.Split(" (", 2)[0].ReplaceLineEndings(" ")}", nameof(builder), exception);
        }
    }
}
