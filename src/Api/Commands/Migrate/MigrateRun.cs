using BusIngest.Api.Configuration;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Commands.Migrate;

/// <summary>`migrate`: puts the program together, starts nothing of it, and brings its databases up to date.</summary>
internal static class MigrateRun
{
    /// <summary>Runs.</summary>
    /// <returns>What the process exits with: 0.</returns>
    /// <exception cref="DataDirectoryException">SQLite, and another process has the data directory.</exception>
    /// <exception cref="StorageUnavailableException">A database can't be reached or written.</exception>
    public static async Task<int> RunAsync(Settings settings, CommandConsole console, CancellationToken cancellationToken)
    {
        await using var program = UnstartedProgram.Of(settings, takesDataDirectory: settings.Postgres is null);
        await using var scope = program.Services.CreateAsyncScope();
        var parts = scope.ServiceProvider.GetServices<DatabaseContext>().ToList();
        await ApplyAsync(program.Services.GetRequiredService<IMainDatabase>(), [.. parts.Where(part => part is not InboxContext)], console, cancellationToken);
        if (settings.Postgres is null)
            await ApplyAsync(program.Services.GetRequiredService<InboxDatabase>(), [.. parts.OfType<InboxContext>()], console, cancellationToken);
        return 0;
    }

    private static async Task ApplyAsync(
        IModelDatabase database, IReadOnlyList<DatabaseContext> parts, CommandConsole console, CancellationToken cancellationToken)
    {
        var missing = new List<AppliedMigration>();
        foreach (var part in parts)
        {
            var pending = await part.ReadAsync(() => part.Database.GetPendingMigrationsAsync(cancellationToken));
            missing.AddRange(pending.Select(id => new AppliedMigration(database.Name, NameOf(part), id)));
        }

        await database.MigrateAsync(parts, cancellationToken);
        foreach (var migration in missing)
            await console.WriteAsync(migration, CommandJson.Default.AppliedMigration);
        await console.SayAsync(missing.Count == 0 ? $"{database.Name} was up to date." : $"{database.Name}: {missing.Count} migrations applied.");
        foreach (var migration in missing)
            await console.SayAsync($"  {migration.Part,-12} {migration.Migration}");
    }

    private static string NameOf(DatabaseContext part) => part.GetType().Name.Replace("Context", "", StringComparison.Ordinal);
}
