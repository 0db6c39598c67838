namespace BusIngest.Api.Commands.Migrate;

/// <summary>A migration that was applied.</summary>
/// <param name="Database">A file's path, or the server's address without user and password.</param>
/// <param name="Part">The part of the database that it belongs to.</param>
/// <param name="Migration">Its id.</param>
internal sealed record AppliedMigration(string Database, string Part, string Migration);
