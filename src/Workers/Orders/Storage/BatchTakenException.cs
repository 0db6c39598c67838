namespace BusIngest.Workers.Orders.Storage;

/// <summary>Somebody else took the batch in hand meanwhile, or it was put back or taken out: this work on it must not count.</summary>
internal sealed class BatchTakenException() : Exception("The batch is in other hands by now.");
