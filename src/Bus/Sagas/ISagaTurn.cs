namespace BusIngest.Bus.Sagas;

/// <summary>One event's turn at a saga.</summary>
/// <typeparam name="TSaga">The saga.</typeparam>
internal interface ISagaTurn<TSaga>
    where TSaga : class, ISagaDocument
{
    /// <summary>Reads the saga; null when there is none.</summary>
    ValueTask<TSaga?> LoadAsync();

    /// <summary>Keeps the saga as it is now, with the event's transaction.</summary>
    /// <returns>False when it is as it was, and nothing is written.</returns>
    ValueTask<bool> SaveAsync(TSaga saga);

    /// <summary>Deletes the saga, with the event's transaction.</summary>
    ValueTask DeleteAsync();

    /// <summary>The event leaves the saga as it is.</summary>
    void Leave();
}
