using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Failures;

/// <summary>Failed messages in `busingest.db`; what is sent again goes by way of the inbox.</summary>
internal sealed class SqliteFailureStore(MainDatabase database, SqliteInbox inbox, TimeProvider time) : IFailureStore
{
    public Task KeepAsync(FailedMessage failed, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(1, session => session.Keep(failed), cancellationToken);

    /// <summary>First into the inbox, then out of the failures.</summary>
    public async Task SendAgainAsync(IReadOnlyList<FailedMessage> batch, CancellationToken cancellationToken)
    {
        await Task.WhenAll(batch.Select(failed => inbox.AppendAsync(failed.SentAgainAt(time.GetUtcNow()), cancellationToken)));
        await database.Writer.WriteAsync(batch.Count, session => batch.Count(failed => session.DeleteFailure(failed.Id)), CancellationToken.None);
    }

    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(1, session => session.DeleteFailure(id), cancellationToken);
}
