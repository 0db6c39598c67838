using BusIngest.Bus.Idempotency;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Delivery;

/// <inheritdoc />
internal sealed class SqliteRetiredRows(MainDatabase database) : IRetiredRows
{
    public Task<int> DeleteMarksAsync(DateTimeOffset olderThan, int limit, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(limit, session => session.DeleteMarks(olderThan, limit), cancellationToken);

    public Task<int> DeleteKeysAsync(DateTimeOffset olderThan, int limit, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(limit, session => session.DeleteKeys(olderThan, limit), cancellationToken);
}
