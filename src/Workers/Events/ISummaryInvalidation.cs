namespace BusIngest.Workers.Events;

/// <summary>
/// Somebody who has to know which summaries have changed: a cache. Any number may be registered. The consumer that stores calls each
/// once its transaction is over, in the process that stored; a kill in between makes the message come again, and the call with it.
/// </summary>
public interface ISummaryInvalidation
{
    /// <summary>Events of these accounts are about to be stored: from now on a read may see them, until <see cref="Stored"/> is called for the same accounts,
    /// as often as this. It must return at once, and not throw.</summary>
    /// <param name="accountIds">The accounts, each once.</param>
    void Storing(IReadOnlyCollection<string> accountIds);

    /// <summary>Events of these accounts were stored, or may have been. It must return at once, and not throw.</summary>
    /// <param name="accountIds">The accounts, each once.</param>
    void Stored(IReadOnlyCollection<string> accountIds);
}
