using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace BusIngest.Api.Hosting;

/// <summary>The part of a listing that a client asks for.</summary>
/// <param name="Limit">How many, 1–10,000.</param>
/// <param name="After">The place after which it begins; null: at the beginning.</param>
internal readonly record struct PageRequest(int Limit, long? After)
{
    private const int DefaultLimit = 50;
    private const int HighestLimit = 10_000;

    /// <summary>Reads `limit` and `after` of a query.</summary>
    /// <returns>Whether both are right; if not, the errors say what is wrong.</returns>
    public static bool TryRead(string? limit, string? after, FieldErrors errors, out PageRequest page)
    {
        page = new PageRequest(DefaultLimit, null);
        if (limit is not null)
        {
            if (int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= HighestLimit)
                page = page with { Limit = number };
            else
                errors.Add("limit", $"must be a whole number from 1 to {HighestLimit}");
        }

        if (after is not null)
        {
            if (TryReadCursor(after, out var place))
                page = page with { After = place };
            else
                errors.Add("after", "must be a `next` of an earlier page");
        }

        return errors.AreNone;
    }

    /// <summary>How many rows to ask for: one more than is shown tells whether there is a next page.</summary>
    public int Rows => Limit + 1;

    /// <summary>Cuts the rows to the page.</summary>
    /// <param name="rows">At most <see cref="Rows"/>; the surplus one is removed.</param>
    /// <param name="place">A row's place in the order of the listing.</param>
    /// <returns>What leads to the next page; null at the end.</returns>
    public string? Cut<TRow>(List<TRow> rows, Func<TRow, long> place)
    {
        if (rows.Count <= Limit)
            return null;

        rows.RemoveRange(Limit, rows.Count - Limit);
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place(rows[^1]).ToString(CultureInfo.InvariantCulture)));
    }

    private static bool TryReadCursor(string text, out long place)
    {
        place = 0;
        try
        {
            return long.TryParse(Base64Url.DecodeFromChars(text), NumberStyles.None, CultureInfo.InvariantCulture, out place);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
