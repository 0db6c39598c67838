using System.Globalization;

namespace BusIngest.Api.Hosting;

/// <summary>The part of a listing that a client asks for.</summary>
/// <param name="Limit">How many rows, 1–10,000.</param>
/// <param name="After">The place after which it begins; null: at the beginning.</param>
/// <param name="Scope">The listing and its filter, which its cursors belong to.</param>
internal readonly record struct PageRequest(int Limit, long? After, CursorScope Scope = default)
{
    /// <summary>How many rows a page has where no `limit` is given.</summary>
    public const int DefaultLimit = 50;

    /// <summary>How many rows a page has at most.</summary>
    public const int MaxLimit = 10_000;

    /// <summary>Reads `limit` and `after` of a query.</summary>
    /// <param name="limit">How many rows; null: 50.</param>
    /// <param name="after">A `next` of an earlier page of the same listing with the same filter; null: the first page.</param>
    /// <param name="scope">The listing and its filter.</param>
    /// <param name="errors">Where to note what is wrong.</param>
    /// <param name="page">What is asked for.</param>
    /// <returns>Whether there are no errors, these or earlier ones.</returns>
    public static bool TryRead(string? limit, string? after, CursorScope scope, FieldErrors errors, out PageRequest page)
    {
        page = new PageRequest(DefaultLimit, null, scope);
        if (limit is not null)
        {
            if (int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxLimit)
                page = page with { Limit = number };
            else
                errors.Add("limit", $"must be a whole number from 1 to {MaxLimit}");
        }

        if (after is not null)
        {
            if (!PageCursor.TryParse(after, out var cursor))
                errors.Add("after", "must be a `next` of an earlier page");
            else if (cursor.Scope != scope)
                errors.Add("after", "is a `next` of another listing, or of this one with another filter");
            else
                page = page with { After = cursor.Place };
        }

        return errors.AreNone;
    }

    /// <summary>A page of a fixed length; a cursor that is none of this listing's leads to the first.</summary>
    /// <param name="rows">How many rows, 1–10,000.</param>
    /// <param name="after">A cursor; null: the first page.</param>
    /// <param name="scope">The listing and its filter.</param>
    public static PageRequest Of(int rows, string? after, CursorScope scope) => new(
        rows, after is not null && PageCursor.TryParse(after, out var cursor) && cursor.Scope == scope ? cursor.Place : null, scope);

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
        return new PageCursor(Scope, place(rows[^1])).ToString();
    }
}
