using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Copies;

/// <summary>Reads the documents of one collection from where they are kept, as they are now.</summary>
/// <exception cref="StorageUnavailableException">They can't be read now.</exception>
public interface ICopySource
{
    /// <summary>The collection that their copies are in.</summary>
    string Collection { get; }

    /// <summary>Some documents; those that are not there are left out.</summary>
    Task<IReadOnlyList<DocumentCopy>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>The next documents of a range of numbers.</summary>
    /// <param name="range">The range.</param>
    /// <param name="limit">The most to be read.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<CopyPage> ReadAsync(NumberRange range, int limit, CancellationToken cancellationToken);

    /// <summary>How many documents there are in a range of numbers.</summary>
    Task<long> CountAsync(NumberRange range, CancellationToken cancellationToken);
}
