using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Storage;

public sealed class MigrationSpecs : Spec
{
    [Fact]
    public async Task Should_migrate_twice_without_harm()
    {
        await (await BusProcess.StartAsync(Folder, new BusSetup())).DisposeAsync();
        Write("INSERT INTO consumed_messages (message_id, endpoint, consumed_at) VALUES ('m', 'e', 1)");

        var process = Own(await BusProcess.StartAsync(Folder, new BusSetup()));

        using var reader = process.MainFile.OpenReader();
        Assert.True(reader.Statement("SELECT 1 FROM consumed_messages WHERE message_id = 'm'").Read());
    }

    [Theory]
    [InlineData("busingest.db")]
    [InlineData("inbox.db")]
    public async Task Should_start_although_a_migration_was_killed(string file)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "data"));
        Write("""
            CREATE TABLE __EFMigrationsLock (Id INTEGER NOT NULL PRIMARY KEY, Timestamp TEXT NOT NULL);
            INSERT INTO __EFMigrationsLock VALUES (1, '2026-01-31 12:00:00')
            """, file);

        Own(await Soon(BusProcess.StartAsync(Folder, new BusSetup())));
    }

    [Theory]
    [InlineData("busingest.db")]
    [InlineData("inbox.db")]
    public async Task Should_refuse_a_file_that_is_no_database(string file)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "data"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "data", file), new string('?', 5_000), Token);

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(() => BusProcess.StartAsync(Folder, new BusSetup()));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }

    private void Write(string sql, string file = "busingest.db")
    {
        using var session = SqliteSession.OpenWriter(Path.Combine(Folder, "data", file));
        session.Execute(sql);
    }
}
