namespace BusIngest.Bus.Copies;

/// <summary>
/// Documents whose copies are out of date: a row of `document_changes`, written in the transaction that changed them and deleted once they are copied.
/// It says which, not what: the copier reads them as they are by then.
/// </summary>
public sealed class DocumentChange
{
    /// <summary>Its place in the order of changes.</summary>
    public long Seq { get; init; }

    /// <summary>The collection that the copies are in.</summary>
    public required string Collection { get; init; }

    /// <summary>The lowest number of a document; 0 where one is named by its id.</summary>
    public long First { get; init; }

    /// <summary>The highest number of a document; 0 where one is named by its id.</summary>
    public long Last { get; init; }

    /// <summary>The one document; null where there are numbers.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>Whether copies are overwritten whatever version they have.</summary>
    public bool Anew { get; init; }

    /// <summary>When they changed.</summary>
    public DateTimeOffset At { get; init; }
}
