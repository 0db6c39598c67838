namespace BusIngest.Api.Orders;

/// <summary>A run was accepted.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Phase">Its phase.</param>
/// <param name="Quantity">How many orders.</param>
internal sealed record RunStarted(Guid RunId, string Phase, int Quantity);

/// <summary>What a cancellation did.</summary>
/// <param name="Message">In words.</param>
/// <param name="Phase">The phase after it.</param>
/// <param name="Purged">Jobs taken from the queue.</param>
/// <param name="Removed">Orders deleted.</param>
internal sealed record RunCancelled(string Message, string Phase, int Purged, int Removed);

/// <summary>What a reset did.</summary>
/// <param name="Message">In words.</param>
/// <param name="DeletedOrders">Orders deleted.</param>
/// <param name="DeletedRuns">Runs of the history deleted.</param>
/// <param name="QueueCleared">Whether the queue is empty now.</param>
internal sealed record OrdersWiped(string Message, int DeletedOrders, int DeletedRuns, bool QueueCleared);

/// <summary>The queue is paused.</summary>
/// <param name="Paused">True.</param>
internal sealed record QueuePaused(bool Paused);

/// <summary>The queue runs again.</summary>
/// <param name="Resumed">True.</param>
internal sealed record QueueResumed(bool Resumed);

/// <summary>The queue is closed until somebody resumes it, or the workers start anew.</summary>
/// <param name="Closed">True.</param>
internal sealed record QueueClosed(bool Closed);

/// <summary>Jobs were taken out.</summary>
/// <param name="Removed">How many.</param>
/// <param name="State">The state that they were in.</param>
internal sealed record QueueCleaned(int Removed, string State);

/// <summary>The jobs that waited were taken out.</summary>
/// <param name="Purged">How many.</param>
internal sealed record QueuePurged(int Purged);

/// <summary>Jobs with failed orders are tried again.</summary>
/// <param name="Retried">How many.</param>
internal sealed record JobsRetried(int Retried);

/// <summary>Jobs that were stuck are tried again.</summary>
/// <param name="Recovered">How many.</param>
internal sealed record JobsRecovered(int Recovered);
