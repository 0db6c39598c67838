using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Failures;

/// <summary>Failed messages in `busingest.db`; what is sent again goes by way of the inbox.</summary>
internal sealed class SqliteFailureStore(MainDatabase database, SqliteInbox inbox, TimeProvider time) : IFailureStore
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public Task KeepAsync(FailedMessage failed, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(1, session => session.Keep(failed), cancellationToken);

    /// <summary>First into the inbox, then out of the failures.</summary>
    public async Task SendAgainAsync(IReadOnlyList<FailedMessage> batch, CancellationToken cancellationToken)
    {
        await Task.WhenAll(batch.Select(failed => AppendAsync(failed, cancellationToken)));
        await database.Writer.WriteAsync(batch.Count, session => batch.Count(failed => session.DeleteFailure(failed.Id)), CancellationToken.None);
    }

    /// <summary>Nobody else sends meanwhile: this process has the file alone, and <see cref="FailedMessages"/> sends one after the other.</summary>
    public async Task<bool> SendAgainAsync(FailedMessage failed, CancellationToken cancellationToken)
    {
        await SendAgainAsync([failed], cancellationToken);
        return true;
    }

    /// <summary>A message that was sent again and failed again still has its row in the inbox for a moment: its failure would be forgotten, and
    /// the row be removed, were that taken for the message on its way.</summary>
    private async Task AppendAsync(FailedMessage failed, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var removed = inbox.Removed.Next;
            if (await inbox.AppendAsync(failed.SentAgainAt(time.GetUtcNow()), cancellationToken))
                return;

            try
            {
                var left = LongestWait - time.GetElapsedTime(begun);
                await removed.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
            }
            catch (TimeoutException exception)
            {
                throw new OutboxUnavailableException($"The message is on its way to {failed.Endpoint}, since it was sent again before.", RetryAfter, exception);
            }
        }
    }

    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(1, session => session.DeleteFailure(id), cancellationToken);
}
