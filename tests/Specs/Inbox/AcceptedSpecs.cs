namespace BusIngest.Specs.Inbox;

/// <summary>The count of what was ever accepted, which the ledger begins with.</summary>
public sealed class AcceptedSpecs : Spec
{
    [Fact]
    public async Task Should_count_messages_and_records_by_type()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));

        await file.Inbox.AppendAsync(InboxFile.Entry() with { Records = 3 }, Token);
        await file.Inbox.AppendAsync(InboxFile.Entry() with { Records = 4 }, Token);
        await file.Inbox.AppendAsync(InboxFile.Entry(type: "Other"), Token);

        Assert.Equal((2, 7), file.Accepted("NotesTaken"));
        Assert.Equal((1, 1), file.Accepted("Other"));
    }

    [Fact]
    public async Task Should_not_count_what_is_sent_again_to_one_endpoint()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));
        var entry = InboxFile.Entry();
        await file.Inbox.AppendAsync(entry, Token);

        await file.Inbox.AppendAsync(entry with { Endpoint = "alpha" }, Token);

        Assert.Equal((1, 1), file.Accepted("NotesTaken"));
    }

    [Fact]
    public async Task Should_keep_the_count_when_messages_are_consumed()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));
        await file.Inbox.AppendAsync(InboxFile.Entry(), Token);

        await file.RemoveAsync(file.Rows());

        Assert.Equal((1, 1), file.Accepted("NotesTaken"));
    }
}
