using BusIngest.Bus.Outbox;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Inbox;

public sealed class MonitorSpecs : Spec
{
    [Fact]
    public async Task Should_show_an_outbox_at_rest()
    {
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(new NoteReaders())));

        var status = process.Get<IOutboxMonitor>().Read();

        Assert.Empty(status.Troubles);
        Assert.Equal(
            new OutboxStatus("IN_PROCESS", "CLOSED", FailureCount: 0, "in-process", Master: null, Parked: 0, OldestParkedMs: null, Session: null),
            status with { Troubles = [] });
    }

    [Fact]
    public async Task Should_show_what_waits_and_for_how_long()
    {
        var clock = new FakeClock();
        var readers = new NoteReaders();
        readers.Alpha.Gate.Close();
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(readers) with { Clock = clock }));
        await process.Outbox.PublishAsync([new Note(1), new Note(2)], Token);
        clock.Advance(TimeSpan.FromSeconds(3));

        var status = process.Get<IOutboxMonitor>().Read();

        Assert.Equal((2, 3_000), (status.Parked, status.OldestParkedMs));
        readers.Alpha.Gate.Open();
    }

    [Fact]
    public async Task Should_count_failures_until_it_can_write_again()
    {
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(new NoteReaders())));
        var monitor = process.Get<IOutboxMonitor>();

        using (await Storage.UnwritableFile.ReplaceAsync(process.InboxFile))
            await Assert.ThrowsAsync<OutboxUnavailableException>(() => process.PublishEachAsync(1));

        Assert.Equal(2, monitor.Read().FailureCount);
        await process.PublishEachAsync(2);
        Assert.Equal(0, monitor.Read().FailureCount);
    }
}
