namespace BusIngest.Workers.Events;

/// <summary>Tells up to when everything that was accepted is stored, where a process knows that without asking a database: where it alone stores. A
/// summary of an account of which nothing was stored since it was read is complete up to that moment as well.</summary>
public interface IStoredUntil
{
    /// <summary>The moment; it never goes back.</summary>
    DateTimeOffset Now { get; }
}
