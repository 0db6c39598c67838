using BusIngest.Bus.Inbox;

namespace BusIngest.Specs.Inbox;

public sealed class InboxReaderSpecs : Spec
{
    [Fact]
    public async Task Should_read_in_the_order_of_acceptance()
    {
        var file = Own(await FileAsync(Enumerable.Repeat(("NotesTaken", (string?)null), 10)));
        var reader = Own(new InboxReader(file.Database, "inbox", "alpha", ["NotesTaken"]));

        Assert.Equal([1, 2, 3], Read(reader, 3));
        Assert.Equal([4, 5, 6, 7, 8, 9, 10], Read(reader, 100));
        Assert.Empty(Read(reader, 100));
    }

    [Fact]
    public async Task Should_read_what_the_endpoint_subscribes_to_and_what_is_for_it_alone()
    {
        var file = Own(await FileAsync([("NotesTaken", null), ("Other", null), ("NotesTaken", "beta"), ("Other", "alpha"), ("NotesTaken", "alpha")]));

        Assert.Equal([1, 4, 5], Read(Own(new InboxReader(file.Database, "inbox", "alpha", ["NotesTaken"])), 100));
        Assert.Equal([1, 2, 3], Read(Own(new InboxReader(file.Database, "inbox", "beta", ["NotesTaken", "Other"])), 100));
    }

    [Fact]
    public async Task Should_see_what_is_added_later()
    {
        var file = Own(await FileAsync([("NotesTaken", null)]));
        var reader = Own(new InboxReader(file.Database, "inbox", "alpha", ["NotesTaken"]));
        Read(reader, 100);

        await file.Inbox.AppendAsync(InboxFile.Entry(), Token);

        Assert.Equal([2], Read(reader, 100));
    }

    [Fact]
    public async Task Should_see_what_is_added_when_all_was_removed()
    {
        var file = Own(await FileAsync([("NotesTaken", null), ("NotesTaken", null)]));
        var reader = Own(new InboxReader(file.Database, "inbox", "alpha", ["NotesTaken"]));
        Read(reader, 100);
        await file.RemoveAsync(file.Rows());
        Assert.Empty(Read(reader, 100));

        await file.Inbox.AppendAsync(InboxFile.Entry(), Token);

        Assert.Equal([3], Read(reader, 100));
    }

    private async Task<InboxFile> FileAsync(IEnumerable<(string Type, string? Endpoint)> messages)
    {
        var file = await InboxFile.OpenAsync(Folder);
        foreach (var (type, endpoint) in messages)
            await file.Inbox.AppendAsync(InboxFile.Entry(type: type, endpoint: endpoint), Token);
        return file;
    }

    private static List<long> Read(InboxReader reader, int limit) => [.. reader.Read(limit).Select(message => message.Seq)];
}
