namespace BusIngest.Bus.Copies;

/// <summary>A collection that is kept as a copy, and who copies to it: a row of `document_feeds`. Where there is none, changes have not been noted.</summary>
public sealed class DocumentFeed
{
    /// <summary>The collection.</summary>
    public required string Collection { get; init; }

    /// <summary>Since when changes are noted.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Who copies; null when nobody does.</summary>
    public Guid? Holder { get; init; }

    /// <summary>Until when nobody else may, by the database's clock.</summary>
    public DateTimeOffset? HeldUntil { get; init; }
}
