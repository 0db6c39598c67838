namespace BusIngest.Bus.Retention;

/// <summary>A table of the main database whose rows go when they are older.</summary>
/// <remarks>Rows are looked at from the first on, a few at a time, and need no index for it: their keys must be in about the order of their times.</remarks>
/// <param name="Name">The table.</param>
/// <param name="Key">The column of its primary key, a number.</param>
/// <param name="Time">The column that tells a row's age.</param>
/// <param name="KeepFor">How long rows are kept.</param>
/// <param name="Condition">Which rows may go at all, in SQL of both databases.</param>
/// <param name="Collection">Where copies of the rows are, by their keys, which are then to go too; null: there are none.</param>
public sealed record RetiredTable(string Name, string Key, string Time, TimeSpan KeepFor, string Condition = "TRUE", string? Collection = null)
{
    /// <summary>What consumers gave up on.</summary>
    public static RetiredTable FailedMessages(TimeSpan keepFor) => new("failed_messages", "seq", "failed_at", keepFor);

    /// <summary>Changes of state of sagas; the sagas themselves stay.</summary>
    public static RetiredTable SagaHistory(TimeSpan keepFor) => new("saga_transitions", "seq", "at", keepFor);
}
