using BusIngest.Bus.Inbox;

namespace BusIngest.Specs.Inbox;

public sealed class StockSpecs : Spec
{
    [Fact]
    public async Task Should_know_what_waits()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));

        await file.Inbox.AppendAsync(InboxFile.Entry("[1,2]") with { Records = 2 }, Token);
        await file.Inbox.AppendAsync(InboxFile.Entry("[3]"), Token);

        Assert.Equal(new InboxStatus(Messages: 2, Records: 3, Bytes: 8), file.Inbox.Status);
    }

    [Fact]
    public async Task Should_forget_what_is_removed()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));
        await file.Inbox.AppendAsync(InboxFile.Entry("[1,2]") with { Records = 2 }, Token);
        await file.Inbox.AppendAsync(InboxFile.Entry("[3]"), Token);

        await file.RemoveAsync(file.Rows()[0]);

        Assert.Equal(new InboxStatus(Messages: 1, Records: 1, Bytes: 3), file.Inbox.Status);
        Assert.Equal(2, Assert.Single(file.Rows()).Seq);
    }

    [Fact]
    public async Task Should_take_stock_of_what_an_earlier_process_left()
    {
        await LeaveAsync(messages: 3);

        var file = Own(await InboxFile.OpenAsync(Folder));

        Assert.Equal(new InboxStatus(Messages: 3, Records: 3, Bytes: 9), file.Inbox.Status);
    }

    [Fact]
    public async Task Should_number_on_from_what_an_earlier_process_left()
    {
        await LeaveAsync(messages: 3);
        var file = Own(await InboxFile.OpenAsync(Folder));

        await file.Inbox.AppendAsync(InboxFile.Entry(), Token);

        Assert.Equal([1, 2, 3, 4], file.Rows().Select(row => row.Seq));
    }

    private async Task LeaveAsync(int messages)
    {
        await using var file = await InboxFile.OpenAsync(Folder);
        for (var i = 0; i < messages; i++)
            await file.Inbox.AppendAsync(InboxFile.Entry("[1]"), Token);
    }
}
