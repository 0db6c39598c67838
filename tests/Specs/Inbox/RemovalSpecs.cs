namespace BusIngest.Specs.Inbox;

public sealed class RemovalSpecs : Spec
{
    [Fact]
    public async Task Should_remove_many_at_once()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));
        for (var i = 0; i < 5; i++)
            await file.Inbox.AppendAsync(InboxFile.Entry(), Token);

        await file.RemoveAsync(file.Rows().Take(4));

        Assert.Equal(5, Assert.Single(file.Rows()).Seq);
    }

    [Fact]
    public async Task Should_wake_whoever_waits_for_room()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));
        await file.Inbox.AppendAsync(InboxFile.Entry(), Token);
        var removed = file.Inbox.Removed.Next;

        await file.RemoveAsync(file.Rows());

        await Soon(removed);
    }

    [Fact]
    public async Task Should_keep_every_row_while_removals_are_held()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));
        await file.Inbox.AppendAsync(InboxFile.Entry(), Token);
        var hold = await file.Inbox.HoldRemovalsAsync(Token);

        var removing = file.RemoveAsync(file.Rows());

        // Other writes of the same file pass it by.
        await file.Inbox.AppendAsync(InboxFile.Entry(), Token);
        Assert.Equal(2, file.Rows().Count);
        Assert.False(removing.IsCompleted);

        hold.Dispose();
        await Soon(removing);
        Assert.Single(file.Rows());
    }

    [Fact]
    public async Task Should_let_a_hold_be_given_up_twice()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));
        var hold = await file.Inbox.HoldRemovalsAsync(Token);
        hold.Dispose();
        hold.Dispose();
        using var next = await file.Inbox.HoldRemovalsAsync(Token);

        Assert.False(file.Inbox.HoldRemovalsAsync(Token).IsCompleted);
    }
}
