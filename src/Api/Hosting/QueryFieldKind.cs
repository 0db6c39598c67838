namespace BusIngest.Api.Hosting;

/// <summary>What a field of a query holds.</summary>
internal enum QueryFieldKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary>A time of ISO 8601.</summary>
    Time,
}
