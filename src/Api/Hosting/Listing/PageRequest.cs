using System.Globalization;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>About how many bytes a page of large rows has at most.</summary>
    private const long MaxBytes = 8L << 20;

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

    /// <summary>Reads a page of rows that may be large: as many as were asked for and fit into 8 MiB, but at least one.</summary>
    /// <param name="query">The rows, in the order of the listing.</param>
    /// <param name="place">A row's place in it.</param>
    /// <param name="bytes">About how large a row is.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>The rows, and what leads to the next page; null at the end.</returns>
    public async Task<(List<TRow> Rows, string? Next)> ReadAsync<TRow>(
        IQueryable<TRow> query, Func<TRow, long> place, Func<TRow, long> bytes, CancellationToken cancellationToken)
    {
        var (rows, total) = (new List<TRow>(), 0L);
        await foreach (var row in query.Take(Rows).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (rows.Count == Limit || (rows.Count > 0 && total + bytes(row) > MaxBytes))
                return (rows, Cursor(place(rows[^1])));

            rows.Add(row);
            total += bytes(row);
        }

        return (rows, null);
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
        return Cursor(place(rows[^1]));
    }

    private string Cursor(long place) => new PageCursor(Scope, place).ToString();
}
