namespace BusIngest.Workers.Sync.Storing;

/// <summary>The checkpoint belongs to somebody else by now: nothing was stored, and nothing of this stretch counts.</summary>
internal sealed class FencedOffException() : Exception("Another stretch of the source has begun.");
