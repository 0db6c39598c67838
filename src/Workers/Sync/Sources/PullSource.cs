using BusIngest.Contracts.Sync;
using BusIngest.Workers.Sync.Pages;

namespace BusIngest.Workers.Sync.Sources;

/// <summary>A source as it is asked for pages, with its key.</summary>
internal sealed class PullSource(string name, SourceDefinition definition, string? apiKey, int pageSize)
{
    /// <summary>Its name, under which its events are kept.</summary>
    public string Name => name;

    /// <summary>How many events a page it is asked for.</summary>
    public int PageSize => pageSize;

    /// <summary>Where in its answers things are.</summary>
    public SourceDefinition Definition => definition;

    /// <summary>Where in its events things are.</summary>
    public FieldPaths Fields { get; } = new(definition);

    /// <summary>Makes its events' keys.</summary>
    public EventKeys Keys { get; } = new(name);

    /// <summary>A request for a page.</summary>
    /// <param name="cursor">Where it begins; null: at the first one.</param>
    /// <exception cref="UriFormatException">The address is none.</exception>
    public HttpRequestMessage RequestPage(string? cursor)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Address(cursor));
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "BusIngest");
        if (!string.IsNullOrEmpty(apiKey) && definition.AuthHeader.Length > 0)
            request.Headers.TryAddWithoutValidation(definition.AuthHeader, WithPrefix(apiKey));
        return request;
    }

    private Uri Address(string? cursor)
    {
        var address = $"{definition.BaseUrl.TrimEnd('/')}/{definition.Path.TrimStart('/')}";
        address += address.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        address += $"{Uri.EscapeDataString(definition.LimitParameter)}={pageSize}";
        if (cursor is not null)
            address += $"&{Uri.EscapeDataString(definition.CursorParameter)}={Uri.EscapeDataString(cursor)}";
        if (!string.IsNullOrEmpty(apiKey) && definition.AuthQuery.Length > 0)
            address += $"&{Uri.EscapeDataString(definition.AuthQuery)}={Uri.EscapeDataString(apiKey)}";
        return new Uri(address);
    }

    private string WithPrefix(string key) => definition.AuthPrefix.Length > 0 ? $"{definition.AuthPrefix.TrimEnd()} {key}" : key;
}
