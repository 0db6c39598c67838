using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace BusIngest.Api.Configuration;

/// <summary>Reads the names that the service has, and those that it trusts.</summary>
internal static class NameRules
{
    private const string Every = "*";

    private delegate bool TryRead<T>(string text, [MaybeNullWhen(false)] out T item);

    /// <summary>ALLOWED_HOSTS: host names and addresses without ports; <c>*.name</c> for all below one, <c>*</c> for all.</summary>
    public static IReadOnlyList<string> Hosts(SettingReader reader, IReadOnlyList<string> fallback) => List(
        reader, SettingKeys.AllowedHosts, fallback, TryReadHost, "which is no host name or IP address without a port, *.name or *");

    /// <summary>CORS_ORIGINS: origins as browsers write them.</summary>
    public static IReadOnlyList<string> Origins(SettingReader reader, IReadOnlyList<string> fallback) =>
        List(reader, SettingKeys.CorsOrigins, fallback, TryReadOrigin, "which is no origin like https://shop.example");

    /// <summary>TRUSTED_PROXIES: addresses, or networks as 10.0.0.0/8.</summary>
    public static IReadOnlyList<IPNetwork> Proxies(SettingReader reader, IReadOnlyList<IPNetwork> fallback) =>
        List(reader, SettingKeys.TrustedProxies, fallback, TryReadNetwork, "which is no IP address, nor a network like 10.0.0.0/8");

    /// <summary>PUBLIC_URL: an origin.</summary>
    public static Uri? PublicUrl(SettingReader reader)
    {
        if (reader.Find(SettingKeys.PublicUrl) is not { } value)
            return null;
        if (Origin(value.Text) is { } url)
            return url;

        // It may hold a password.
        reader.RefuseSecret(value, "is not an http or https address without path, query, user name and password");
        return null;
    }

    private static Uri? Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" } ? url : null;

    private static bool TryReadHost(string text, [MaybeNullWhen(false)] out string host)
    {
        host = text.Trim('[', ']').ToLowerInvariant();
        var name = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
        return host is Every || Uri.CheckHostName(name) != UriHostNameType.Unknown;
    }

    private static bool TryReadOrigin(string text, [MaybeNullWhen(false)] out string origin)
    {
        origin = Origin(text)?.GetLeftPart(UriPartial.Authority);
        return origin is not null;
    }

    private static bool TryReadNetwork(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network))
            return true;
        if (!IPAddress.TryParse(text, out var address))
            return false;

        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }

    private static IReadOnlyList<T> List<T>(SettingReader reader, string key, IReadOnlyList<T> fallback, TryRead<T> read, string rule)
    {
        if (reader.Find(key) is not { } value)
            return fallback;

        var items = new List<T>();
        foreach (var text in value.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (read(text, out var item))
                items.Add(item);
            else
                reader.Refuse(value, $"names '{SettingReader.Printable(text)}', {rule}");
        }

        return items;
    }
}
