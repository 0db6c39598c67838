using System.Net;
using System.Net.Http.Json;
using BusIngest.Specs.Processes;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Operating;
using BusIngest.Support.Storage;

namespace BusIngest.Specs.Operating;

/// <summary>Backup and restore of the SQLite form, by the commands of docs/operating.md.</summary>
[Collection(nameof(AloneCollection))]
public sealed class BackupSpecs : Spec
{
    private static readonly (string, string) InData = ("DATA_DIR", "data");

    private readonly Acknowledgements _acknowledgements = new();

    [Fact]
    public async Task Should_have_all_that_was_acknowledged_before_the_backup_of_a_running_process()
    {
        Assert.True(Shell.Has("sqlite3"), "sqlite3 is not installed");
        var settings = RunningService.SettingsIn(Folder);
        await using var service = await RunningService.StartAsync(settings);
        await using var client = PostingClient.Start(() => service.Address, _acknowledgements, Seed.RandomFor(nameof(BackupSpecs)));
        await _acknowledgements.WaitForMoreAsync(2_000, TimeSpan.FromSeconds(30), Token);
        var timer = await SetTimerAsync(service);

        var promised = _acknowledgements.Acknowledged.ToList();
        await Shell.RunAsync(OperatingPage.Script("backup sqlite running"), Folder, Token, InData);
        await client.StopAsync();

        var stats = await RestoreAsync(promised, timer);
        // Both files are of the same moment, or nearly: what was accepted in between may be stored, and not be counted as accepted.
        Assert.True(stats is { Duplicates: 0, Lost: <= 0 and > -1_000 }, stats.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine($"{promised.Count} of {_acknowledgements.Count} were acknowledged before; {stats}");
    }

    [Fact]
    public async Task Should_have_everything_of_a_stopped_process()
    {
        Guid timer;
        await using (var service = await RunningService.StartAsync(RunningService.SettingsIn(Folder)))
        {
            await using (PostingClient.Start(() => service.Address, _acknowledgements, Seed.RandomFor(nameof(BackupSpecs))))
                await _acknowledgements.WaitForMoreAsync(500, TimeSpan.FromSeconds(30), Token);
            timer = await SetTimerAsync(service);
        }

        await Shell.RunAsync(OperatingPage.Script("backup sqlite stopped"), Folder, Token, InData);

        var stats = await RestoreAsync([.. _acknowledgements.Acknowledged], timer);
        Assert.True(stats is { Duplicates: 0, Lost: 0, AddsUp: true }, stats.ToString());
    }

    /// <summary>Restores beside the first, which may still run; starts there, and looks for everything that was promised.</summary>
    private async Task<CarStats> RestoreAsync(List<Guid> promised, Guid timer)
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(Folder, "elsewhere")).FullName;
        Directory.Move(Path.Combine(Folder, "backup"), Path.Combine(elsewhere, "backup"));
        await Shell.RunAsync(OperatingPage.Script("restore sqlite"), elsewhere, Token, InData);
        var settings = RunningService.SettingsIn(elsewhere);
        await using var service = await RunningService.StartAsync(settings);
        var stats = await UntilAsync("All is stored", service.Cars.StatsAsync, seen => seen.AtRest);

        var rows = new StoredCars(settings.DataDir);
        Assert.All(rows.Times(promised), pair => Assert.Equal(1, pair.Value));
        Assert.Empty(rows.Altered(promised));
        Assert.Equal(("ok", "ok"), (rows.Integrity("busingest.db"), rows.Integrity("inbox.db")));
        var restored = (await service.Cars.GetAsync($"api/v1/timer/{timer}", Token)).GetProperty("timer");
        Assert.Equal("Scheduled", restored.GetProperty("timerStatus").GetString());
        Assert.InRange(restored.GetProperty("timeLeft").GetInt64(), 1, 3_600);
        return stats;
    }

    private static async Task<Guid> SetTimerAsync(RunningService service)
    {
        using var body = JsonContent.Create(new { hours = 1, minutes = 0, seconds = 0, webhookUrl = "https://example.com/hook" });
        var answer = await service.Cars.SendAsync(HttpMethod.Post, "api/v1/timer", body, Token);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Json().GetProperty("timer").GetProperty("timerId").GetGuid();
    }
}
