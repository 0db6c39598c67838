using System.Net;

namespace BusIngest.Api.Configuration;

/// <summary>Where the process may listen: open to other machines only with keys, or when told that everyone may come in.</summary>
internal static class BindRules
{
    /// <summary>Reads BIND, whose default depends on who is let in.</summary>
    /// <param name="reader">The settings.</param>
    /// <param name="isOpen">Whether keys are configured or AUTH_ANONYMOUS is true.</param>
    public static string Read(SettingReader reader, bool isOpen)
    {
        if (reader.Find(SettingKeys.Bind) is not { } value)
            return isOpen ? HttpSettings.AnyAddress : HttpSettings.Loopback;

        if (Normalize(value.Text) is not { } bind)
        {
            reader.Refuse(value, "is not an IP address, localhost or *");
            return HttpSettings.Loopback;
        }

        if (!isOpen && !IsLoopback(bind))
            reader.Refuse(value, "is open to other machines: set AUTH_API_KEYS, or AUTH_ANONYMOUS=true to let everyone in");

        return bind;
    }

    /// <summary>Whether only this machine can reach it.</summary>
    public static bool IsLoopback(string bind) =>
        bind is HttpSettings.Loopback || (IPAddress.TryParse(bind, out var address) && IPAddress.IsLoopback(address));

    private static string? Normalize(string text)
    {
        if (text.Equals(HttpSettings.Loopback, StringComparison.OrdinalIgnoreCase))
            return HttpSettings.Loopback;

        if (text is HttpSettings.AnyAddress or "::" or "[::]")
            return HttpSettings.AnyAddress;

        // "3000" and "127.1" parse as addresses too, and are hardly meant as such.
        return IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) || string.Equals(address.ToString(), text, StringComparison.Ordinal))
            ? address.ToString()
            : null;
    }
}
