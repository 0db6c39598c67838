using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Inbox;

public sealed class FullInboxSpecs : Spec
{
    private static readonly InboxOptions Small = new() { MaxBytes = 10 };

    [Fact]
    public async Task Should_refuse_when_it_is_full()
    {
        var file = Own(await InboxFile.OpenAsync(Folder, Small));
        await file.Inbox.AppendAsync(InboxFile.Entry("[12345678901]"), Token);

        var refusal = await Assert.ThrowsAsync<OutboxUnavailableException>(() => file.Inbox.AppendAsync(InboxFile.Entry(), Token));

        Assert.True(refusal.RetryAfter > TimeSpan.Zero);
        Assert.Single(file.Rows());
    }

    [Fact]
    public async Task Should_take_messages_again_when_there_is_room()
    {
        var file = Own(await InboxFile.OpenAsync(Folder, Small));
        await file.Inbox.AppendAsync(InboxFile.Entry("[12345678901]"), Token);
        await file.RemoveAsync(file.Rows());

        await file.Inbox.AppendAsync(InboxFile.Entry(), Token);

        Assert.Single(file.Rows());
    }

    [Fact]
    public async Task Should_refuse_after_a_restart_too()
    {
        await using (var earlier = await InboxFile.OpenAsync(Folder, Small))
            await earlier.Inbox.AppendAsync(InboxFile.Entry("[12345678901]"), Token);

        var file = Own(await InboxFile.OpenAsync(Folder, Small));

        await Assert.ThrowsAsync<OutboxUnavailableException>(() => file.Inbox.AppendAsync(InboxFile.Entry(), Token));
    }

    [Fact]
    public async Task Should_reach_the_publisher_and_pass()
    {
        var readers = new NoteReaders();
        readers.Alpha.Gate.Close();
        var setup = NoteProcess.WithAlpha(readers);
        var process = Own(await BusProcess.StartAsync(Folder, setup with { Options = setup.Options with { Inbox = Small } }));
        await process.PublishEachAsync(1);

        await Assert.ThrowsAsync<OutboxUnavailableException>(() => process.PublishEachAsync(2));
        readers.Alpha.Gate.Open();
        await UntilAsync("The inbox is empty", () => process.Inbox.Status.Messages == 0);

        await process.PublishEachAsync(3);
        await UntilAsync("The rest is consumed", () => readers.Alpha.Done.Count == 2);
        Assert.Equal([1, 3], readers.Alpha.Done);
    }

    [Fact]
    public async Task Should_tell_the_publisher_when_the_file_cannot_be_written()
    {
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(new NoteReaders())));
        using (await Storage.UnwritableFile.ReplaceAsync(process.InboxFile))
        {
            var refusal = await Assert.ThrowsAsync<OutboxUnavailableException>(() => process.PublishEachAsync(1));
            Assert.IsType<StorageUnavailableException>(refusal.InnerException);
        }

        await process.PublishEachAsync(2);
    }
}
