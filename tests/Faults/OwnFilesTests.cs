using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Programs;

namespace BusIngest.Faults;

/// <summary>What the program writes, as another user of the machine finds it.</summary>
public sealed class OwnFilesTests : FaultTest
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_be_its_owners_alone_whoever_started_it()
    {
        var installation = Install();
        var settings = installation.Settings();
        var (data, logs) = (Path.Combine(installation.DataDirectory, "made", "here"), Path.Combine(settings.LogsDirectory!, "made", "here"));
        var program = await installation.LaunchAsync(settings with
        {
            DataDirectory = data,
            LogsDirectory = logs,
            // From a shell that keeps nothing from anybody.
            Executable = "/bin/sh",
            Arguments = ["-c", "umask 0; exec \"$0\"", await Publication.ExecutableAsync()],
        });
        await program.WaitUntilReadyAsync(Token);
        await installation.Api.PostCarsAsync([ClientCar.Of(ClientCar.NewId(Random))], Token);
        await Eventually.BecomesAsync("It is stored", installation.Api.StatsAsync, static stats => stats.Stored == 1, Deadline, Token);

        foreach (var directory in new[] { data, logs })
        {
            var all = new DirectoryInfo(directory).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(new DirectoryInfo(directory)).ToList();
            Assert.True(all.Count > 1, $"{directory} is empty");
            Assert.Empty(all.Where(file => file.Exists && (file.UnixFileMode & Others) != UnixFileMode.None).Select(file => file.FullName));
        }
    }
}
