using System.Text;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Transports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusIngest.Specs.Inbox;

/// <summary>An inbox of a directory, without a bus.</summary>
internal sealed class InboxFile : IAsyncDisposable
{
    private readonly DataDirectory _directory;

    private InboxFile(string folder, InboxOptions options)
    {
        _directory = DataDirectory.Take(folder);
        Database = new InboxDatabase(_directory, NullLogger<InboxDatabase>.Instance);
        Inbox = new SqliteInbox(Database, options);
    }

    public InboxDatabase Database { get; }

    public SqliteInbox Inbox { get; }

    public static async Task<InboxFile> OpenAsync(string folder, InboxOptions? options = null)
    {
        var file = new InboxFile(folder, options ?? new InboxOptions());
        await using (var context = new InboxContext(file.Database))
            await context.Database.MigrateAsync();
        file.Inbox.Open();
        return file;
    }

    /// <summary>A message of one record; its type and endpoint as asked for.</summary>
    public static InboxEntry Entry(string body = "[]", string type = "NotesTaken", string? endpoint = null, Guid? id = null) => new(
        id ?? Guid.NewGuid(), type, endpoint, Records: 1, StoredBody.Records, FakeClock.Start, Encoding.UTF8.GetBytes(body));

    /// <summary>The rows, as another connection sees them.</summary>
    public List<InboxMessage> Rows()
    {
        using var context = new InboxContext(Database);
        return [.. context.Set<InboxMessage>().OrderBy(row => row.Seq)];
    }

    /// <summary>What was accepted of a type: messages and records.</summary>
    public (long Messages, long Records) Accepted(string type)
    {
        using var context = new InboxContext(Database);
        return context.Set<AcceptedMessages>().SingleOrDefault(row => row.MessageType == type) is { } row ? (row.Messages, row.Records) : (0, 0);
    }

    /// <summary>Removes these rows, as if they were consumed.</summary>
    public Task RemoveAsync(params IEnumerable<InboxMessage> rows) => Inbox.RemoveAsync(
        [.. rows.Select(row => new ConsumedRow(row.Seq, row.Records, row.Body.Length, row.MessageType))], TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Inbox.Dispose();
        await Database.DisposeAsync();
        _directory.Dispose();
    }
}
