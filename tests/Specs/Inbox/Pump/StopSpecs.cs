using BusIngest.Bus.Inbox;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Inbox.Pump;

public sealed class StopSpecs : Spec
{
    private readonly NoteReaders _readers = new();

    [Fact]
    public async Task Should_finish_what_is_in_hand()
    {
        _readers.Alpha.Gate.Close();
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(_readers)));
        await process.PublishEachAsync(1, 2, 3);
        await UntilAsync("They are in hand", () => _readers.Alpha.Begun.Count == 3);

        var stopping = process.StopAsync();
        _readers.Alpha.Gate.Open();

        await Soon(stopping);
        Assert.Equal([1, 2, 3], _readers.Alpha.Done.Order());
        Assert.Equal(0, process.Inbox.Status.Messages);
    }

    [Fact]
    public async Task Should_remove_from_disk_what_it_finished()
    {
        var process = await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(_readers));
        await process.PublishEachAsync(Enumerable.Range(0, 50));
        await UntilAsync("They are consumed", () => _readers.Alpha.Done.Count == 50);
        await process.StopAsync();
        await process.DisposeAsync();

        var file = Own(await InboxFile.OpenAsync(Path.Combine(Folder, "data")));

        Assert.Empty(file.Rows());
    }

    [Fact]
    public async Task Should_stop_although_a_consumer_is_stuck()
    {
        const int messages = 1;
        _readers.Alpha.Gate.Close();
        var process = await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(_readers, concurrency: 1));
        await process.PublishEachAsync(Enumerable.Range(0, messages));
        await UntilAsync("One is in hand", () => _readers.Alpha.Begun.Count == 1);

        await process.StopAtOnceAsync().WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Token);

        Assert.Equal(messages, process.Inbox.Status.Messages);
        process.Abandon();
    }

    [Fact]
    public async Task Should_leave_what_is_not_in_hand_to_the_next_process()
    {
        _readers.Alpha.Gate.Close();
        var setup = NoteProcess.WithAlpha(_readers);
        var process = await BusProcess.StartAsync(
            Folder, setup with { Options = setup.Options with { Inbox = new InboxOptions { MaxInFlight = 1 } } });
        await process.PublishEachAsync(1, 2, 3);
        await UntilAsync("One is in hand", () => _readers.Alpha.Begun.Count == 1);

        var stopping = process.StopAsync();
        _readers.Alpha.Gate.Open();
        await Soon(stopping);
        await process.DisposeAsync();

        Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(_readers)));
        await UntilAsync("The rest is consumed", () => _readers.Alpha.Done.Count == 3);
        Assert.Equal([1, 2, 3], _readers.Alpha.Done.Order());
    }
}
