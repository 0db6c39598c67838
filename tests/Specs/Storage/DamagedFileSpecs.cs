using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Files;
using BusIngest.Specs.Processes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Specs.Storage;

/// <summary>SQLite files with pages that are no longer what they were.</summary>
public sealed class DamagedFileSpecs : Spec
{
    private const int PageSize = 4_096;

    [Theory]
    [InlineData("zeroed header")]
    [InlineData("zeroed page")]
    [InlineData("noise")]
    [InlineData("truncated")]
    [InlineData("no database")]
    public async Task Should_not_begin_on_a_damaged_file(string damage)
    {
        var path = await StoredAsync();
        Damage(path, damage);

        var refusal = Assert.Throws<StorageUnavailableException>(() => FileCheck.Run(path));

        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("restore", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task Should_begin_on_a_file_that_is_well_empty_or_not_there()
    {
        FileCheck.Run(await StoredAsync());
        var empty = Path.Combine(Folder, "empty.db");
        FileCheck.Run(empty);
        await File.WriteAllBytesAsync(empty, [], Token);
        FileCheck.Run(empty);
    }

    [Fact]
    public async Task Should_say_later_that_a_table_is_damaged_whatever_else_is_written()
    {
        var path = await StoredAsync();
        using (var session = SqliteSession.OpenWriter(path))
            session.Execute("CREATE TABLE others (name TEXT); PRAGMA wal_checkpoint(TRUNCATE)");
        Overwrite(path, RootOf(path), new byte[PageSize]);
        var process = Own(await BusProcess.StartAsync(Folder, new BusSetup()));
        var database = Own(new DamagedDatabase(process.Get<DataDirectory>()));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => database.Writer.WriteAsync(1, session => WriterFile.Insert(session, "one more"), Token));
        await database.Writer.WriteAsync(1, session => session.Statement("INSERT INTO others VALUES ('well')").Execute(), Token);

        Assert.Equal(0, database.Writer.ConsecutiveFailures);
        var health = await new WritableCheck(database).CheckHealthAsync(new HealthCheckContext(), Token);
        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.Contains("is damaged", health.Description, StringComparison.Ordinal);
    }

    private string FilePath => Path.Combine(Folder, "data", "things.db");

    /// <summary>A file of some pages, all in it and none in a -wal.</summary>
    private async Task<string> StoredAsync()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "data"));
        await using (var file = await WriterFile.OpenAsync(Path.Combine(Folder, "data")))
        {
            await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => file.AddAsync($"{i:D200}")));
        }

        return FilePath;
    }

    private static void Damage(string path, string damage)
    {
        switch (damage)
        {
            case "zeroed header":
                Overwrite(path, 1, new byte[PageSize]);
                break;
            case "zeroed page":
                Overwrite(path, 20, new byte[PageSize]);
                break;
            case "noise":
                var noise = new byte[PageSize];
                Random.Shared.NextBytes(noise);
                Overwrite(path, RootOf(path), noise);
                break;
            case "truncated":
                using (var file = File.OpenWrite(path))
                    file.SetLength(file.Length / 2 / PageSize * PageSize);
                break;
            default:
                File.WriteAllText(path, string.Join('\n', Enumerable.Repeat("This was a database.", 500)));
                break;
        }
    }

    private static int RootOf(string path)
    {
        using var session = SqliteSession.OpenReader(path);
        var root = session.Statement("SELECT rootpage FROM sqlite_schema WHERE name = 'things'");
        root.Read();
        var page = (int)root.Number(0);
        root.Reset();
        return page;
    }

    private static void Overwrite(string path, int page, byte[] content)
    {
        using var file = File.OpenWrite(path);
        file.Position = (page - 1L) * PageSize;
        file.Write(content);
    }

    private sealed class DamagedDatabase(DataDirectory directory)
        : SqliteDatabase(directory, "things.db", Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
}
