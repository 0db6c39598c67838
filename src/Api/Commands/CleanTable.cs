using BusIngest.Bus;
using BusIngest.Bus.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace BusIngest.Api.Commands;

/// <summary>A table that `clean` empties.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsInbox">Whether it is in `inbox.db` of a process; else it is in the main database.</param>
/// <param name="Statement">What empties it: a DELETE, or an UPDATE of the one row that the program counts on.</param>
internal sealed record CleanTable(string Name, bool IsInbox, string Statement)
{
    /// <summary>
    /// Settings, and what processes that run rely on: the marks keep them from doing a thing twice, and go by themselves after a while;
    /// the numbers of events' accounts and users they remember.
    /// </summary>
    private static readonly HashSet<string> Kept = new(
        ["car_seeder", "webhook_secret", "consumed_messages", "schedulers", "event_accounts", "event_users"], StringComparer.Ordinal);

    /// <summary>Whether its rows are data, rather than one row that is put back to its beginning.</summary>
    public bool IsCounted => Statement.StartsWith("DELETE", StringComparison.Ordinal);

    /// <summary>The tables of a program, those first whose one row every writer updates: its lock keeps them out meanwhile.</summary>
    public static IReadOnlyList<CleanTable> Of(BusInventory inventory) =>
    [
        .. inventory.Parts()
            .SelectMany(part => part.Model.GetEntityTypes().Select(entity => (entity, isInbox: part.Part == typeof(InboxContext))))
            .Where(table => table.entity.GetTableName() is { } name && !Kept.Contains(name))
            .Select(table => Of(table.entity, table.isInbox))
            .OrderBy(table => table.IsCounted)
            .ThenBy(table => table.Name, StringComparer.Ordinal),
    ];

    private static CleanTable Of(IEntityType entity, bool isInbox)
    {
        var name = entity.GetTableName()!;
        var first = entity.GetSeedData().FirstOrDefault();
        if (first is null)
            return new CleanTable(name, isInbox, $"DELETE FROM {name}");

        var columns = entity.GetProperties()
            .Where(property => !property.IsPrimaryKey())
            .Select(property => $"{property.GetColumnName()} = {property.GetRelationalTypeMapping().GenerateSqlLiteral(first[property.Name])}");
        return new CleanTable(name, isInbox, $"UPDATE {name} SET {string.Join(", ", columns)}");
    }
}
