using BusIngest.Bus.Inbox;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Inbox;

/// <summary>The pace of bulk producers.</summary>
public sealed class CatchUpSpecs : Spec
{
    [Fact]
    public async Task Should_let_bulk_producers_go_on_while_little_waits()
    {
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(new NoteReaders())));

        await Soon(process.Outbox.WaitUntilCaughtUpAsync(Token));
    }

    [Fact]
    public async Task Should_hold_bulk_producers_until_consumers_have_caught_up()
    {
        var readers = new NoteReaders();
        readers.Alpha.Gate.Close();
        var setup = NoteProcess.WithAlpha(readers);
        var process = Own(await BusProcess.StartAsync(
            Folder, setup with { Options = setup.Options with { Inbox = new InboxOptions { BulkHighWaterBytes = 1 } } }));
        await process.PublishEachAsync(1);

        var caughtUp = process.Outbox.WaitUntilCaughtUpAsync(Token);
        Assert.False(caughtUp.IsCompleted);
        readers.Alpha.Gate.Open();

        await Soon(caughtUp);
        Assert.Equal(0, process.Inbox.Status.Messages);
    }
}
