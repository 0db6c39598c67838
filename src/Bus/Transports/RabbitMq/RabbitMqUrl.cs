using BusIngest.Bus.Tls;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>Reads `amqp://user:password@host:port/vhost`, as in https://www.rabbitmq.com/docs/uri-spec; amqps is with TLS.</summary>
public static class RabbitMqUrl
{
    private const string Form = "is not of the form amqp://user:password@host:port/vhost";
    private const string CaParameter = "cacertfile=";
    private const int DefaultPort = 5672;
    private const int DefaultTlsPort = 5671;

    /// <summary>Reads one; what it leaves out has the default. No path, and the path `/`, are the virtual host `/`.</summary>
    /// <exception cref="FormatException">It can't be read. The message begins with "is", and never shows the URL.</exception>
    public static RabbitMqOptions Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps"))
            throw new FormatException($"{Form} (or amqps); in user, password and vhost, characters such as : / @ # ? % are written as %3A %2F %40 %23 %3F %25");
        if (uri.Host.Length == 0)
            throw new FormatException($"{Form}: it names no host");
        var useTls = uri.Scheme is "amqps";
        var authorities = Authorities(uri, useTls);
        var defaults = new RabbitMqOptions { Host = uri.DnsSafeHost };
        var (user, password) = Credentials(uri, defaults);
        return defaults with
        {
            Port = uri.Port > 0 ? uri.Port : useTls ? DefaultTlsPort : DefaultPort,
            UseTls = useTls,
            CaFile = authorities,
            VirtualHost = VirtualHost(uri),
            User = user,
            Password = password,
        };
    }

    /// <summary>The one parameter that is known, as in https://www.rabbitmq.com/docs/uri-query-parameters.</summary>
    private static string? Authorities(Uri uri, bool useTls)
    {
        if (uri.Query.Length == 0 && uri.Fragment.Length == 0)
            return null;
        if (uri.Fragment.Length > 0 || uri.Query[1..].Split('&') is not [var parameter] || !parameter.StartsWith(CaParameter, StringComparison.Ordinal))
            throw new FormatException($"{Form}: it has a query other than ?cacertfile=PATH, or a fragment; a ? or # in the password is written as %3F or %23");
        if (!useTls)
            throw new FormatException($"{Form}: cacertfile needs amqps");

        var path = Path.GetFullPath(Uri.UnescapeDataString(parameter[CaParameter.Length..]));
        try
        {
            TrustedAuthorities.Read(path);
            return path;
        }
        catch (IOException exception)
        {
            throw new FormatException($"{Form}: its cacertfile {exception.Message}", exception);
        }
    }

    private static (string User, string Password) Credentials(Uri uri, RabbitMqOptions defaults)
    {
        if (uri.UserInfo.Length == 0)
            return (defaults.User, defaults.Password);

        var parts = uri.UserInfo.Split(':');
        return parts.Length == 2 && parts[0].Length > 0
            ? (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1]))
            : throw new FormatException($"{Form}: it needs both user and password, in which a : is written as %3A");
    }

    private static string VirtualHost(Uri uri)
    {
        var path = uri.AbsolutePath.TrimStart('/');
        if (path.Contains('/', StringComparison.Ordinal))
            throw new FormatException($"{Form}: its path has several parts; a / in the vhost is written as %2F");
        return path.Length == 0 ? "/" : Uri.UnescapeDataString(path);
    }
}
