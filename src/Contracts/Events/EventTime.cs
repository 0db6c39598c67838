namespace BusIngest.Contracts.Events;

/// <summary>The times that events may have.</summary>
public static class EventTime
{
    /// <summary>The beginning of 2089 in milliseconds since 1970: what is later is not stored.</summary>
    public const long EndMs = 3_755_376_000_000;
}
