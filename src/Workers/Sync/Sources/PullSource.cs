using System.Globalization;
using BusIngest.Contracts.Sync;
using BusIngest.Workers.Sync.Pages;

namespace BusIngest.Workers.Sync.Sources;

/// <summary>A source as it is asked for pages, with its key.</summary>
/// <param name="name">Its name.</param>
/// <param name="definition">How it is asked.</param>
/// <param name="apiKey">Its key; null or empty: none.</param>
/// <param name="keyPrint">What tells the key from others, and nothing of it.</param>
/// <param name="pageSize">How many events a page.</param>
internal sealed class PullSource(string name, SourceDefinition definition, string? apiKey, string keyPrint, int pageSize)
{
    /// <summary>Its name, under which its events are kept.</summary>
    public string Name => name;

    /// <summary>What tells its key from others.</summary>
    public string KeyPrint => keyPrint;

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
    /// <exception cref="UnsendableKeyException">The header can't carry the key.</exception>
    public HttpRequestMessage RequestPage(string? cursor)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Address(cursor));
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "BusIngest");
        if (!string.IsNullOrEmpty(apiKey) && definition.AuthHeader.Length > 0)
            Sign(request, WithPrefix(apiKey));
        return request;
    }

    private void Sign(HttpRequestMessage request, string value)
    {
        // What clients and settings say is checked when it comes; what an earlier release has taken in is not.
        var error = HeaderText.CheckKeyHeader(definition.AuthHeader) is { } name ? $"authHeader {name}"
            : HeaderText.CheckValue(value) is { } key ? $"the key {key}"
            : request.Headers.TryAddWithoutValidation(definition.AuthHeader, value) ? null
            : "the key can't be sent in that header";
        if (error is not null)
            throw new UnsendableKeyException(error);
    }

    private Uri Address(string? cursor)
    {
        var whole = new Uri(definition.BaseUrl);
        var route = definition.Path.Split('?', 2);
        var query = new List<string> { whole.Query.TrimStart('?') };
        if (route.Length > 1)
            query.Add(route[1]);
        query.Add(Parameter(definition.LimitParameter, pageSize.ToString(CultureInfo.InvariantCulture)));
        if (cursor is not null)
            query.Add(Parameter(definition.CursorParameter, cursor));
        if (!string.IsNullOrEmpty(apiKey) && definition.AuthQuery.Length > 0)
            query.Add(Parameter(definition.AuthQuery, apiKey));

        var path = $"{whole.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{route[0].TrimStart('/')}";
        return new Uri($"{path}?{string.Join('&', query.Where(part => part.Length > 0))}");
    }

    private static string Parameter(string name, string value) => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}";

    private string WithPrefix(string key) => definition.AuthPrefix.Length > 0 ? $"{definition.AuthPrefix.TrimEnd()} {key}" : key;
}
