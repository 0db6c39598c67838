using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Storage;

/// <summary>Finds out whether a later version of the program has been at a database.</summary>
internal static class SchemaVersions
{
    /// <summary>Migrations that are applied and that this program does not know.</summary>
    public static async Task<IReadOnlyList<string>> NewerAsync(IReadOnlyList<DatabaseContext> parts, CancellationToken cancellationToken)
    {
        var newer = new List<string>();
        foreach (var part in parts)
        {
            var applied = await part.Database.GetAppliedMigrationsAsync(cancellationToken);
            newer.AddRange(applied.Except(part.Database.GetMigrations(), StringComparer.Ordinal));
        }

        return newer;
    }

    /// <summary>Says so in a line; this program goes on with what it knows of the tables, as migrations add and take nothing away.</summary>
    public static void WarnOfNewer(IModelDatabase database, IReadOnlyList<string> newer, ILogger logger)
    {
        if (newer.Count > 0)
            logger.LogWarning("{Database} is of a later version than this program, which goes on with what it knows: {Migrations}", database.Name, string.Join(", ", newer));
    }
}
