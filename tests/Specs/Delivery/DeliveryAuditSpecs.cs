using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Inbox;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Delivery;

public sealed class DeliveryAuditSpecs : Spec
{
    private const string Waiting = "SELECT count(*) FROM inbox.inbox";
    private const string Marked = "SELECT count(*) FROM consumed_messages";

    [Fact]
    public async Task Should_read_both_files()
    {
        var process = Own(await BusProcess.StartAsync(Folder, new BusSetup()));
        await process.Inbox.AppendAsync(InboxFile.Entry(), Token);
        await MarkAsync(process);

        Assert.Equal((1, 1), await process.Get<DeliveryAudit>().ReadAsync(session => (Count(session, Waiting), Count(session, Marked)), Token));
    }

    [Fact]
    public async Task Should_read_a_directory_with_a_quote_in_its_name()
    {
        var process = Own(await BusProcess.StartAsync(Path.Combine(Folder, "it's \"here\""), new BusSetup()));

        Assert.Equal(0, await process.Get<DeliveryAudit>().ReadAsync(session => Count(session, Waiting), Token));
    }

    [Fact]
    public async Task Should_see_nothing_that_is_marked_while_it_reads()
    {
        var process = Own(await BusProcess.StartAsync(Folder, new BusSetup()));
        await MarkAsync(process);
        using var marked = new ManualResetEventSlim();
        using var begun = new SemaphoreSlim(0);

        var reading = Task.Run(() => process.Get<DeliveryAudit>().ReadAsync(
            session =>
            {
                begun.Release();
                marked.Wait(Token);
                return Count(session, Marked);
            },
            Token));
        await begun.WaitAsync(Token);
        await MarkAsync(process);
        marked.Set();

        Assert.Equal(1, await Soon(reading));
        Assert.Equal(2, process.CountMarks());
    }

    [Fact]
    public async Task Should_see_every_message_while_removals_wait()
    {
        var readers = new NoteReaders();
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(readers)));
        using var consumed = new ManualResetEventSlim();
        using var begun = new SemaphoreSlim(0);

        var reading = Task.Run(() => process.Get<DeliveryAudit>().ReadAsync(
            session =>
            {
                begun.Release();
                consumed.Wait(Token);
                return Count(session, Waiting);
            },
            Token));
        await begun.WaitAsync(Token);
        await process.PublishEachAsync(1);
        await UntilAsync("It is consumed", () => readers.Alpha.Done.Count == 1);
        consumed.Set();

        Assert.Equal(1, await Soon(reading));
        await UntilAsync("It is removed", () => process.Inbox.Status.Messages == 0);
    }

    private static Task<bool> MarkAsync(BusProcess process) =>
        process.MainFile.Writer.WriteAsync(1, session => session.Mark(Guid.NewGuid(), "alpha", FakeClock.Start));

    private static long Count(SqliteSession session, string sql)
    {
        var count = session.Statement(sql);
        count.Read();
        var number = count.Number(0);
        count.Reset();
        return number;
    }
}
