using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Specs.Storage;

/// <summary>SQLite files that lose their names while a process writes them.</summary>
public sealed class RemovedFileSpecs : Spec
{
    /// <summary>What somebody does to a file.</summary>
    public static TheoryData<string, string> Losses { get; } = new()
    {
        { "removed", "" }, { "renamed", "" }, { "replaced", "" }, { "removed", "-wal" }, { "replaced", "-wal" }, { "removed", "-shm" },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Should_acknowledge_nothing_that_is_on_no_named_file(string what, string suffix)
    {
        var file = Own(await WriterFile.OpenAsync(Folder));
        await file.AddAsync("before");
        Lose(what, file.Path + suffix);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => file.AddAsync("after"));

        Assert.NotNull(file.Writer.Files.Trouble());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => file.AddAsync("later"));
        if (what is "removed" && suffix is "")
            Assert.False(File.Exists(file.Path), "The file was made anew under whoever removed it");
    }

    [Fact]
    public async Task Should_go_on_with_the_very_file_when_it_is_back_and_not_have_done_what_it_refused()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));
        await file.AddAsync("before");
        File.Move(file.Path, file.Path + ".aside");
        await Assert.ThrowsAsync<StorageUnavailableException>(() => file.AddAsync("refused"));

        File.Move(file.Path + ".aside", file.Path);

        Assert.Equal(1, await file.AddAsync("after"));
        Assert.Equal(["before", "after"], file.Stored());
    }

    [Fact]
    public async Task Should_refuse_and_say_so_when_the_whole_directory_is_gone()
    {
        var process = Own(await BusProcess.StartAsync(Folder, new BusSetup()));
        await process.MainFile.Writer.WriteAsync(1, _ => 0, Token);
        Directory.Delete(Path.Combine(Folder, "data"), recursive: true);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => process.MainFile.Writer.WriteAsync(1, _ => 0, Token));

        foreach (var file in new SqliteDatabase[] { process.MainFile, process.InboxFile })
        {
            var health = await new WritableCheck(file).CheckHealthAsync(new HealthCheckContext(), Token);
            Assert.Equal(HealthStatus.Unhealthy, health.Status);
            Assert.Contains(Path.GetFileName(file.Path), health.Description, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(Path.Combine(Folder, "data")));
    }

    [Fact]
    public void Should_have_its_directory_to_itself_though_the_lock_file_is_removed()
    {
        Own(DataDirectory.Take(Folder));
        File.Delete(Path.Combine(Folder, "busingest.lock"));

        Assert.Throws<DataDirectoryException>(() => DataDirectory.Take(Folder));
    }

    [Fact]
    public async Task Should_not_begin_without_one_of_the_files_it_had_and_do_so_without_all()
    {
        await (await BusProcess.StartAsync(Folder, new BusSetup())).DisposeAsync();
        var inbox = Path.Combine(Folder, "data", "inbox.db");
        File.Delete(inbox);

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(() => BusProcess.StartAsync(Folder, new BusSetup()));
        Assert.Contains("inbox.db is missing", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_begin_anew_where_all_files_are_gone()
    {
        await (await BusProcess.StartAsync(Folder, new BusSetup())).DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "data"), "*.db*"))
            File.Delete(file);

        var process = Own(await BusProcess.StartAsync(Folder, new BusSetup()));

        Assert.Equal(0, process.Get<IOutboxMonitor>().Read().Parked);
    }

    private static void Lose(string what, string path)
    {
        if (what is "renamed")
            File.Move(path, path + ".aside");
        else
            File.Delete(path);
        if (what is "replaced")
            File.WriteAllBytes(path, []);
    }
}
