using System.Text.Json;

namespace BusIngest.Contracts.Events;

/// <summary>Reads events' times.</summary>
public static class EventTime
{
    /// <summary>The beginning of 2089 in milliseconds since 1970: what is later is not stored.</summary>
    public const long EndMs = 3_755_376_000_000;

    /// <summary>Reads an ISO 8601 time; one without an offset is UTC, wherever this runs. What is finer than a millisecond is cut off.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, out long milliseconds)
    {
        milliseconds = 0;
        if (reader.TokenType != JsonTokenType.String)
            return false;

        if (HasOffset(reader.ValueSpan))
        {
            if (!reader.TryGetDateTimeOffset(out var time))
                return false;
            milliseconds = time.ToUnixTimeMilliseconds();
            return true;
        }

        if (!reader.TryGetDateTime(out var local) || !reader.TryGetDateTimeOffset(out var zoned))
            return false;
        milliseconds = (local.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(local, TimeSpan.Zero) : zoned).ToUnixTimeMilliseconds();
        return true;
    }

    /// <summary>Whether it is sure to end in `Z` or in hours and minutes.</summary>
    private static bool HasOffset(ReadOnlySpan<byte> text) =>
        text is [.., (byte)'Z'] or [.., (byte)'+' or (byte)'-', _, _, (byte)':', _, _];
}
