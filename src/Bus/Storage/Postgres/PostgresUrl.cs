using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>
/// Reads `postgres://user:password@host:port,host:port/name?option=value`: libpq's options mean what they mean there
/// (https://www.postgresql.org/docs/current/libpq-connect.html), and Npgsql's are known by their own names as well.
/// </summary>
internal static class PostgresUrl
{
    private const string Form = "is no URL of the form postgres://user:password@host:port/name";

    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (text[..scheme] is not ("postgres" or "postgresql"))
            throw new ArgumentException(Form, nameof(text));

        var (rest, query) = Split(text[(scheme + 3)..], '?');
        var (authority, database) = Split(rest, '/');
        var at = authority.LastIndexOf('@');
        var builder = new NpgsqlConnectionStringBuilder();
        if (at >= 0)
            SetUser(builder, authority[..at]);
        SetHosts(builder, authority[(at + 1)..]);
        if (database.Trim('/') is { Length: > 0 } name)
            builder.Database = Unescape(name);
        // What follows a '?' may be the rest of a password, and is not repeated then.
        var mayBePassword = query.Contains('@', StringComparison.Ordinal);
        foreach (var (index, pair) in query.Split('&', StringSplitOptions.RemoveEmptyEntries).Index())
            Apply(builder, pair, mayBePassword ? $"number {index + 1}" : $"'{Unescape(Split(pair, '=').Before)}'");
        PostgresUrlOptions.Complete(builder);
        return builder;
    }

    private static void SetUser(NpgsqlConnectionStringBuilder builder, string user)
    {
        var (name, password) = Split(user, ':');
        if (name.Length > 0)
            builder.Username = Unescape(name);
        if (user.Contains(':', StringComparison.Ordinal))
            builder.Password = Unescape(password);
    }

    /// <summary>One host goes apart from its port; several are Npgsql's own list.</summary>
    private static void SetHosts(NpgsqlConnectionStringBuilder builder, string hosts)
    {
        var all = hosts.Split(',');
        if (all.Length > 1)
        {
            builder.Host = string.Join(',', all.Select(each => IsHost(each) ? Unescape(each) : throw new ArgumentException(Form, nameof(hosts))));
            return;
        }

        if (hosts.Length == 0)
            return;
        var colon = hosts.LastIndexOf(':');
        var hasPort = colon >= 0 && !hosts.EndsWith(']');
        if (!IsHost(hosts))
            throw new ArgumentException(Form, nameof(hosts));
        builder.Host = Unescape(hasPort ? hosts[..colon] : hosts).Trim('[', ']');
        if (hasPort && colon < hosts.Length - 1)
            builder.Port = ushort.Parse(hosts[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static bool IsHost(string text)
    {
        var colon = text.EndsWith(']') ? -1 : text.LastIndexOf(':');
        var port = colon < 0 ? "" : text[(colon + 1)..];
        var host = Unescape(colon < 0 ? text : text[..colon]);
        return (port.Length == 0 || (ushort.TryParse(port, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0))
            && (host.StartsWith('/') || Uri.CheckHostName(host) != UriHostNameType.Unknown);
    }

    /// <summary>Sets an option.</summary>
    /// <param name="builder">Where the option goes.</param>
    /// <param name="pair">The option as it is written.</param>
    /// <param name="shown">What an error calls it.</param>
    private static void Apply(NpgsqlConnectionStringBuilder builder, string pair, string shown)
    {
        var (escapedName, escapedValue) = Split(pair, '=');
        var (name, value) = (Unescape(escapedName), Unescape(escapedValue));
        try
        {
            var before = builder.ConnectionString;
            var known = builder.Keys.Count;
            PostgresUrlOptions.Set(builder, name, value);
            // An option that was there already, and is another now.
            if (builder.Keys.Count == known && !string.Equals(before, builder.ConnectionString, StringComparison.Ordinal))
                throw new ArgumentException($"gives the option {shown} a second time, and another value", nameof(pair));
        }
        catch (Exception exception) when (exception is FormatException or KeyNotFoundException || (exception is ArgumentException && exception.InnerException is not null))
        {
            throw new ArgumentException($"has an option {shown} that is not known or has a wrong value; in a password a '?' is written %3F", nameof(pair), exception);
        }
        catch (ArgumentException exception) when (exception.Message.StartsWith("Keyword not supported", StringComparison.Ordinal) || exception.Message.StartsWith("Couldn't set", StringComparison.Ordinal))
        {
            throw new ArgumentException($"has an option {shown} that is not known or has a wrong value; in a password a '?' is written %3F", nameof(pair), exception);
        }
    }

    private static (string Before, string After) Split(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text);
}
