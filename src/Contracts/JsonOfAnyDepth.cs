using System.Text.Json;

namespace BusIngest.Contracts;

/// <summary>
/// How bodies of clients are read that are looked through token by token: nesting costs a bit a level there, so that the reader need not bound it. The values of
/// fields are bounded instead, since most readers of JSON take 64 levels, and who bounds them can say whose they are.
/// </summary>
public static class JsonOfAnyDepth
{
    /// <summary>The most levels of objects and arrays in a field's value; with those around it in a body they are 64.</summary>
    public const int DeepestValue = 61;

    /// <summary>What is wrong with a deeper one, to follow its name.</summary>
    public const string TooDeep = "must not be nested more than 64 levels deep";

    /// <summary>Options without a bound of depth.</summary>
    public static JsonReaderOptions Options { get; } = new() { MaxDepth = int.MaxValue };

    /// <summary>Moves to the end of the value that the reader stands on.</summary>
    /// <param name="reader">Reads a whole text, not a part.</param>
    /// <returns>How many levels of objects and arrays it has: 0 for a text or a number.</returns>
    public static int SkipCountingLevels(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return 0;

        var (outside, levels) = (reader.CurrentDepth, 1);
        while (reader.Read() && reader.CurrentDepth > outside)
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                levels = Math.Max(levels, reader.CurrentDepth - outside + 1);
        }

        return levels;
    }
}
