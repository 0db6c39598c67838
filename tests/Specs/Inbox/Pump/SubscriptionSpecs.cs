using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Inbox.Pump;

public sealed class SubscriptionSpecs : Spec
{
    private readonly NoteReaders _readers = new();

    [Fact]
    public async Task Should_hand_a_message_to_every_endpoint_that_subscribes()
    {
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithBoth(_readers)));

        await process.PublishEachAsync(1, 2, 3);

        await UntilAsync("Nothing waits", () => process.Inbox.Status.Messages == 0);
        Assert.Equal([1, 2, 3], _readers.Alpha.Done.Order());
        Assert.Equal([1, 2, 3], _readers.Beta.Done.Order());
    }

    [Fact]
    public async Task Should_keep_a_row_until_every_endpoint_has_consumed_it()
    {
        _readers.Beta.Gate.Close();
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithBoth(_readers)));
        await process.PublishEachAsync(1);
        await UntilAsync("Alpha has consumed it", () => _readers.Alpha.Done.Count == 1);

        // What comes later and is for alpha alone goes; what beta still has in hand stays.
        await process.Inbox.AppendAsync(InboxFile.Entry("""[{"number":2,"text":""}]""", nameof(NotesTaken), "alpha"), Token);
        await UntilAsync("Alpha's own is removed", () => _readers.Alpha.Done.Count == 2 && process.Inbox.Status.Messages == 1);
        Assert.Equal([1], SeqsOnDisk(process));

        _readers.Beta.Gate.Open();
        await UntilAsync("Nothing waits", () => process.Inbox.Status.Messages == 0);
        Assert.Empty(SeqsOnDisk(process));
    }

    [Fact]
    public async Task Should_hand_a_message_for_one_endpoint_to_it_alone()
    {
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithBoth(_readers)));

        await process.Inbox.AppendAsync(InboxFile.Entry("""[{"number":1,"text":""}]""", nameof(NotesTaken), "beta"), Token);

        await UntilAsync("Nothing waits", () => process.Inbox.Status.Messages == 0);
        Assert.Equal([1], _readers.Beta.Done);
        Assert.Empty(_readers.Alpha.Begun);
    }

    [Fact]
    public async Task Should_keep_a_message_that_nobody_subscribes_to()
    {
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(_readers)));
        await process.Inbox.AppendAsync(InboxFile.Entry(type: "Unheard"), Token);

        await process.PublishEachAsync(1);
        await UntilAsync("The other is removed", () => process.Inbox.Status.Messages == 1);

        Assert.Equal([1], SeqsOnDisk(process));
    }

    [Fact]
    public async Task Should_let_a_stuck_endpoint_hold_up_no_other()
    {
        _readers.Beta.Gate.Close();
        var setup = NoteProcess.WithBoth(_readers);
        var process = Own(await BusProcess.StartAsync(
            Folder, setup with { Options = setup.Options with { Inbox = new() { MaxInFlight = 2 } } }));

        await process.PublishEachAsync(Enumerable.Range(0, 50));

        await UntilAsync("Alpha has consumed all", () => _readers.Alpha.Done.Count == 50);
        Assert.InRange(_readers.Beta.Begun.Count, 0, 2);
        _readers.Beta.Gate.Open();
        await UntilAsync("Beta has too", () => _readers.Beta.Done.Count == 50);
    }

    private static List<long> SeqsOnDisk(BusProcess process)
    {
        using var reader = process.InboxFile.OpenReader();
        var rows = reader.Statement("SELECT seq FROM inbox ORDER BY seq");
        var seqs = new List<long>();
        while (rows.Read())
            seqs.Add(rows.Number(0));
        return seqs;
    }
}
