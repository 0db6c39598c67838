using System.Globalization;
using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>libpq's options of a URL, in Npgsql's words.</summary>
internal static class PostgresUrlOptions
{
    /// <summary>Those that the machine trusts, instead of a file's.</summary>
    private const string SystemRoots = "system";

    private static readonly Dictionary<string, Action<NpgsqlConnectionStringBuilder, string>> Libpq = new(StringComparer.Ordinal)
    {
        ["host"] = (to, value) => to.Host = value,
        ["hostaddr"] = (to, value) => to.Host = value,
        ["port"] = (to, value) => to.Port = Number(value),
        ["dbname"] = (to, value) => to.Database = value,
        ["user"] = (to, value) => to.Username = value,
        ["password"] = (to, value) => to.Password = value,
        ["passfile"] = (to, value) => to.Passfile = value,
        ["connect_timeout"] = (to, value) => to.Timeout = Number(value),
        ["application_name"] = (to, value) => to.ApplicationName = value,
        ["fallback_application_name"] = (to, value) => to.ApplicationName ??= value,
        ["options"] = (to, value) => to.Options = value,
        ["client_encoding"] = (_, value) => Only(value, "auto", "UTF8", "UTF-8", "utf8", "utf-8"),
        ["sslmode"] = (to, value) => to.SslMode = Mode(value),
        ["sslrootcert"] = (to, value) => to.RootCertificate = value,
        ["sslcert"] = (to, value) => to.SslCertificate = value,
        ["sslkey"] = (to, value) => to.SslKey = value,
        ["sslpassword"] = (to, value) => to.SslPassword = value,
        ["sslcompression"] = (_, value) => Only(value, "0"),
        ["krbsrvname"] = (to, value) => to.KerberosServiceName = value,
        ["keepalives"] = (to, value) => to.TcpKeepAlive = Number(value) != 0,
        ["keepalives_idle"] = (to, value) => to.TcpKeepAliveTime = Number(value),
        ["keepalives_interval"] = (to, value) => to.TcpKeepAliveInterval = Number(value),
        ["target_session_attrs"] = (to, value) => to.TargetSessionAttributes = Wanted(value),
        ["load_balance_hosts"] = (to, value) => to.LoadBalanceHosts = string.Equals(Only(value, "disable", "random"), "random", StringComparison.Ordinal),
        ["channel_binding"] = (to, value) => to["Channel Binding"] = value,
        ["gssencmode"] = (to, value) => to["GSS Encryption Mode"] = value,
        ["require_auth"] = (to, value) => to["Require Auth"] = value,
        ["sslnegotiation"] = (to, value) => to["SSL Negotiation"] = value,
    };

    /// <summary>Sets an option by libpq's name or by Npgsql's.</summary>
    /// <exception cref="ArgumentException">Neither knows it, or it has a wrong value.</exception>
    /// <exception cref="FormatException">It is no number.</exception>
    public static void Set(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        if (Libpq.TryGetValue(name, out var set))
            set(builder, value);
        else
            builder[name] = value;
    }

    /// <summary>What options mean together.</summary>
    /// <exception cref="ArgumentException">They contradict each other.</exception>
    public static void Complete(NpgsqlConnectionStringBuilder builder)
    {
        if (string.Equals(builder.RootCertificate, SystemRoots, StringComparison.Ordinal))
        {
            if (builder.Gives("SSL Mode") && builder.SslMode != SslMode.VerifyFull)
                throw new ArgumentException("has sslrootcert=system, which needs sslmode=verify-full", nameof(builder));
            builder.RootCertificate = null;
            builder.SslMode = SslMode.VerifyFull;
        }

        var hasFiles = builder.RootCertificate is not null || builder.SslCertificate is not null;
        if (builder.SslMode == SslMode.Disable && hasFiles)
            throw new ArgumentException("has sslmode=disable, which contradicts its certificates", nameof(builder));
        // A root certificate makes libpq look at the server's, whatever less was asked for.
        if (builder.RootCertificate is not null && builder.SslMode == SslMode.Require)
            builder.SslMode = SslMode.VerifyCA;
    }

    private static SslMode Mode(string value) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => Enum.TryParse<SslMode>(value, ignoreCase: true, out var mode) ? mode : throw new FormatException(),
    };

    private static string Wanted(string value) =>
        Only(value, "any", "read-write", "read-only", "primary", "standby", "prefer-standby", "prefer-primary");

    private static string Only(string value, params ReadOnlySpan<string> allowed) => allowed.Contains(value) ? value : throw new FormatException();

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
