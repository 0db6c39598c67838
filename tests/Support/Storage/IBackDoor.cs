namespace BusIngest.Support.Storage;

/// <summary>The main database behind the program's back.</summary>
public interface IBackDoor
{
    /// <summary>A time long ago, as SQL writes it into a column of times.</summary>
    string LongAgo { get; }

    /// <summary>Runs SQL of the test's own.</summary>
    Task ExecuteAsync(string sql, CancellationToken cancellationToken);

    /// <summary>The number that a query of the test's own gives.</summary>
    Task<long> CountAsync(string sql, CancellationToken cancellationToken);

    /// <summary>From now on rows are refused.</summary>
    /// <param name="table">The table.</param>
    /// <param name="verb">INSERT or UPDATE.</param>
    /// <param name="condition">Which ones: of NEW, in SQL of both databases.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task RefuseAsync(string table, string verb, string condition, CancellationToken cancellationToken);

    /// <summary>From now on they are taken.</summary>
    Task AcceptAsync(string table, CancellationToken cancellationToken);
}
