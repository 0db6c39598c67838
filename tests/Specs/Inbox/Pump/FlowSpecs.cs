using BusIngest.Bus.Inbox;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Inbox.Pump;

public sealed class FlowSpecs : Spec
{
    private readonly NoteReaders _readers = new();

    [Fact]
    public async Task Should_have_a_bounded_number_of_messages_in_flight()
    {
        _readers.Alpha.Gate.Close();
        var setup = NoteProcess.WithAlpha(_readers, concurrency: 100);
        var process = Own(await BusProcess.StartAsync(
            Folder, setup with { Options = setup.Options with { Inbox = new InboxOptions { MaxInFlight = 4 } } }));
        await process.PublishEachAsync(Enumerable.Range(0, 40));
        await UntilAsync("Four are in hand", () => _readers.Alpha.Begun.Count == 4);

        _readers.Alpha.Gate.Open();

        await UntilAsync("All are consumed", () => _readers.Alpha.Done.Count == 40);
        Assert.Equal(4, _readers.Alpha.MostAtOnce);
    }

    [Fact]
    public async Task Should_keep_the_order_where_one_is_consumed_at_a_time()
    {
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(_readers, concurrency: 1)));

        await process.PublishEachAsync(Enumerable.Range(0, 200));

        await UntilAsync("All are consumed", () => _readers.Alpha.Done.Count == 200);
        Assert.Equal(Enumerable.Range(0, 200), _readers.Alpha.Done);
    }

    [Fact]
    public async Task Should_keep_the_order_over_a_kill()
    {
        var killed = new NoteReaders();
        killed.Alpha.Gate.Close();
        var earlier = await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(killed, concurrency: 1));
        await earlier.PublishEachAsync(Enumerable.Range(0, 100));
        earlier.Abandon();

        Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(_readers, concurrency: 1)));

        await UntilAsync("All are consumed", () => _readers.Alpha.Done.Count == 100);
        Assert.Equal(Enumerable.Range(0, 100), _readers.Alpha.Done);
    }

    [Fact]
    public async Task Should_deliver_a_message_under_its_own_id()
    {
        var ids = new List<Guid?>();
        _readers.Alpha.Work = context =>
        {
            ids.Add(context.MessageId);
            return Task.CompletedTask;
        };
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(_readers)));
        var entry = InboxFile.Entry("[]", nameof(NotesTaken));

        await process.Inbox.AppendAsync(entry, Token);

        await UntilAsync("It is consumed", () => process.Inbox.Status.Messages == 0);
        Assert.Equal([entry.MessageId], ids);
    }
}
