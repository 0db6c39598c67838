namespace BusIngest.Specs.Inbox;

public sealed class AppendSpecs : Spec
{
    [Fact]
    public async Task Should_be_on_disk_for_another_connection_when_it_completes()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));
        var entry = InboxFile.Entry("""[{"number":1}]""");

        await file.Inbox.AppendAsync(entry, Token);

        var row = Assert.Single(file.Rows());
        Assert.Equal(entry.MessageId, row.MessageId);
        Assert.Equal(entry.MessageType, row.MessageType);
        Assert.Equal(entry.Endpoint, row.Endpoint);
        Assert.Equal(entry.Records, row.Records);
        Assert.Equal(entry.ContentType, row.ContentType);
        Assert.Equal(entry.AcceptedAt, row.AcceptedAt);
        Assert.Equal(entry.Body.ToArray(), row.Body);
    }

    [Fact]
    public async Task Should_number_messages_without_gaps_in_the_order_of_acceptance()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => file.Inbox.AppendAsync(InboxFile.Entry($"[{i}]"), Token)));

        var rows = file.Rows();
        Assert.Equal(Enumerable.Range(1, 100), rows.Select(row => (int)row.Seq));
        Assert.All(rows, (row, i) => Assert.Equal($"[{i}]", System.Text.Encoding.UTF8.GetString(row.Body)));
    }

    [Fact]
    public async Task Should_not_add_a_message_again_for_the_same_endpoint()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));
        var entry = InboxFile.Entry(endpoint: "alpha");

        await file.Inbox.AppendAsync(entry, Token);
        await file.Inbox.AppendAsync(entry, Token);

        Assert.Single(file.Rows());
        Assert.Equal(1, file.Inbox.Status.Messages);
    }

    [Fact]
    public async Task Should_add_a_message_for_each_endpoint()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));
        var entry = InboxFile.Entry(endpoint: "alpha");

        await file.Inbox.AppendAsync(entry, Token);
        await file.Inbox.AppendAsync(entry with { Endpoint = "beta" }, Token);

        Assert.Equal(["alpha", "beta"], file.Rows().Select(row => row.Endpoint), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_keep_an_empty_body()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));

        await file.Inbox.AppendAsync(InboxFile.Entry(""), Token);

        Assert.Empty(Assert.Single(file.Rows()).Body);
    }

    [Fact]
    public async Task Should_wake_whoever_waits_for_messages()
    {
        var file = Own(await InboxFile.OpenAsync(Folder));
        var appended = file.Inbox.Listen("alpha", ["NotesTaken"]).Next;

        await file.Inbox.AppendAsync(InboxFile.Entry(), Token);

        await Soon(appended);
    }
}
