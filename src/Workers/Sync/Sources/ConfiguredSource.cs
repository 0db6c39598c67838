using BusIngest.Bus;
using BusIngest.Contracts.Sync;
using BusIngest.Workers.Net;

namespace BusIngest.Workers.Sync.Sources;

/// <summary>A source of the settings.</summary>
/// <param name="Definition">How it is asked.</param>
/// <param name="Key">Its key; null: none. Never to be logged.</param>
public sealed record ConfiguredSource(SourceDefinition Definition, ReloadableText? Key)
{
    /// <summary>Its key of this moment; empty: none.</summary>
    public string ApiKey => Key?.Current ?? "";

    /// <summary>Host and port of its address.</summary>
    public string Host => OutboundUrl.NameOf(new Uri(Definition.BaseUrl));

    /// <summary>Does not show the key.</summary>
    public override string ToString() => Definition.BaseUrl;
}
