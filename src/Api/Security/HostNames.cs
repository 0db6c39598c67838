using BusIngest.Api.Configuration;

namespace BusIngest.Api.Security;

/// <summary>
/// The names that the service has. A page that was loaded from a name which then points here (DNS rebinding) still sends that name. Localhost and
/// loopback addresses are always among them: no foreign page has those.
/// </summary>
internal sealed class HostNames
{
    private readonly bool _all;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _endings = [];

    public HostNames(HttpSettings settings)
    {
        if (settings.PublicUrl is { } url)
            _names.Add(url.IdnHost.Trim('[', ']'));
        foreach (var host in settings.AllowedHosts)
        {
            if (host is "*")
                _all = true;
            else if (host.StartsWith("*.", StringComparison.Ordinal))
                _endings.Add(host[1..]);
            else
                _names.Add(host);
        }
    }

    /// <summary>Whether a name is one of them; a request without a name is none of a browser's.</summary>
    /// <param name="host">The host of a request, without its port.</param>
    public bool Contains(string host)
    {
        if (_all || host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return true;

        var name = host.TrimEnd('.').Trim('[', ']');
        return BindRules.IsLoopback(name.ToLowerInvariant())
            || _names.Contains(name)
            || _endings.Exists(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }
}
