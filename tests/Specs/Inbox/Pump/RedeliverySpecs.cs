using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Inbox.Pump;

public sealed class RedeliverySpecs : Spec
{
    private readonly NoteReaders _readers = new();

    [Fact]
    public async Task Should_deliver_again_what_a_killed_process_had_not_consumed()
    {
        var killed = new NoteReaders();
        killed.Alpha.Gate.Close();
        var earlier = await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(killed));
        await earlier.PublishEachAsync(1, 2, 3);
        await UntilAsync("They are in hand", () => killed.Alpha.Begun.Count == 3);
        earlier.Abandon();

        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(_readers)));

        await UntilAsync("Nothing waits", () => process.Inbox.Status.Messages == 0);
        Assert.Equal([1, 2, 3], _readers.Alpha.Done.Order());
    }

    [Fact]
    public async Task Should_not_repeat_effects_at_an_endpoint_that_had_consumed_it()
    {
        var killed = new NoteReaders();
        killed.Beta.Gate.Close();
        var earlier = await BusProcess.StartAsync(Folder, NoteProcess.WithBoth(killed));
        await earlier.CreateEffectsAsync();
        killed.Alpha.Work = context => context.AddEffectAsync();
        await earlier.PublishEachAsync(1);
        await UntilAsync("Alpha has consumed it and beta has it in hand", () => killed.Alpha.Done.Count == 1 && killed.Beta.Begun.Count == 1);
        earlier.Abandon();

        _readers.Alpha.Gate.Close();
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithBoth(_readers)));
        _readers.Alpha.Work = context => context.AddEffectAsync();
        _readers.Alpha.Gate.Open();

        await UntilAsync("Nothing waits", () => process.Inbox.Status.Messages == 0);
        Assert.Equal([1], _readers.Alpha.Done);
        Assert.Equal([1], _readers.Beta.Done);
        Assert.Equal(1, process.CountEffects());
    }

    [Fact]
    public async Task Should_deliver_again_while_a_consumer_cannot_store()
    {
        var tries = 0;
        _readers.Alpha.Work = _ => ++tries <= 2 ? throw new StorageUnavailableException("the disk is full") : Task.CompletedTask;
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(_readers)));

        await process.PublishEachAsync(1);

        await UntilAsync("Nothing waits", () => process.Inbox.Status.Messages == 0);
        Assert.Equal(3, tries);
        Assert.Equal([1], _readers.Alpha.Done);
    }

    [Fact]
    public async Task Should_not_give_up_a_message_because_a_consumer_cannot_store()
    {
        var tries = 0;
        _readers.Alpha.Work = _ => ++tries <= 2 ? throw new StorageUnavailableException("the disk is full") : Task.CompletedTask;
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(_readers)));

        await process.PublishEachAsync(1);

        await UntilAsync("Nothing waits", () => process.Inbox.Status.Messages == 0);
        await using var context = process.Get<DeliveryContext>();
        Assert.Empty(context.FailedMessages);
    }

    [Fact]
    public async Task Should_deliver_again_when_the_failure_itself_cannot_be_kept()
    {
        _readers.Alpha.Gate.Close();
        _readers.Alpha.Work = _ => throw new FormatException("on purpose");
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(_readers)));
        await process.PublishEachAsync(1);
        await UntilAsync("It is in hand", () => _readers.Alpha.Begun.Count == 1);

        using (await Storage.UnwritableFile.ReplaceAsync(process.MainFile))
        {
            _readers.Alpha.Gate.Open();
            await UntilAsync("It was tried, and delivered again", () => _readers.Alpha.Begun.Count > 2);
            Assert.Equal(1, process.Inbox.Status.Messages);
        }

        await UntilAsync("Nothing waits", () => process.Inbox.Status.Messages == 0);
        await using var context = process.Get<DeliveryContext>();
        Assert.Single(context.FailedMessages);
    }
}
