using System.Globalization;

namespace BusIngest.Workers.Sync.Pacing;

/// <summary>
/// The header fields RateLimit and RateLimit-Policy of draft-ietf-httpapi-ratelimit-headers: `"day";r=50;t=30` with `"day";q=100;w=60`, and as earlier
/// drafts have it `limit=100, remaining=50, reset=30`.
/// </summary>
internal static class RateLimitField
{
    /// <summary>Reads both fields.</summary>
    /// <param name="rateLimit">RateLimit, or null.</param>
    /// <param name="policies">RateLimit-Policy, or null.</param>
    /// <returns>Of several limits the one that permits the least; null when nothing is said.</returns>
    public static RateBudget? Read(string? rateLimit, string? policies)
    {
        if (string.IsNullOrWhiteSpace(rateLimit))
            return null;

        var items = Split(rateLimit, ',').Select(Item.Parse).ToList();
        if (items.Exists(item => item.Named("remaining") is not null))
            return new RateBudget(First(items, "limit"), First(items, "remaining"), Text(First(items, "reset")));

        var known = Split(policies ?? "", ',').Select(Item.Parse).ToList();
        RateBudget? tightest = null;
        var longest = -1.0;
        foreach (var item in items)
        {
            if (item.Named("r") is not { } left)
                continue;

            var policy = known.Find(one => string.Equals(one.Name, item.Name, StringComparison.Ordinal));
            var window = item.Named("t") ?? (left == 0 ? item.Named("w") ?? policy?.Named("w") : null);
            var pause = window.GetValueOrDefault() / (left + 1.0);
            if (pause <= longest)
                continue;
            longest = pause;
            tightest = new RateBudget(item.Named("q") ?? policy?.Named("q"), left, Text(window));
        }

        return tightest;
    }

    private static int? First(List<Item> items, string name) => items.Select(item => item.Named(name)).FirstOrDefault(value => value is not null);

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Splits outside of quotes.</summary>
    private static IEnumerable<string> Split(string text, char by)
    {
        var (begin, isQuoted) = (0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"')
                isQuoted = !isQuoted;
            if (i < text.Length && (isQuoted || text[i] != by))
                continue;
            yield return text[begin..i].Trim();
            begin = i + 1;
        }
    }

    /// <summary>One limit: its name, and its parameters.</summary>
    private sealed record Item(string Name, IReadOnlyList<KeyValuePair<string, int>> Numbers)
    {
        public static Item Parse(string text)
        {
            var parts = Split(text, ';').ToList();
            var numbers = new List<KeyValuePair<string, int>>();
            foreach (var part in parts)
            {
                var at = part.IndexOf('=', StringComparison.Ordinal);
                if (at > 0 && double.TryParse(part.AsSpan(at + 1).Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                    numbers.Add(new(part[..at].Trim().ToLowerInvariant(), (int)Math.Clamp(number, 0, int.MaxValue)));
            }

            return new Item(parts[0].Trim('"'), numbers);
        }

        public int? Named(string name)
        {
            foreach (var (key, number) in Numbers)
            {
                if (string.Equals(key, name, StringComparison.Ordinal))
                    return number;
            }

            return null;
        }
    }
}
