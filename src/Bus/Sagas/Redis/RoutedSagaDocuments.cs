using System.Text;

namespace BusIngest.Bus.Sagas.Redis;

/// <summary>Reads sagas as documents from where their kind is kept: Redis, or the main database.</summary>
internal sealed class RoutedSagaDocuments(ISagaDocuments main, RedisSagas redis) : ISagaDocuments
{
    public async ValueTask<SagaDocument?> FindAsync(string kind, Guid correlationId, CancellationToken cancellationToken)
    {
        if (!redis.Keeps(kind))
            return await main.FindAsync(kind, correlationId, cancellationToken);
        return await redis.FindAsync(kind, correlationId, cancellationToken) is { } found ? Read(found.Saga) : null;
    }

    public async ValueTask<IReadOnlyList<SagaDocument>> ListAsync(
        string kind, string? state, long? before, int limit, CancellationToken cancellationToken) =>
        redis.Keeps(kind)
            ? [.. (await redis.ListAsync(kind, state, before, limit, cancellationToken)).Select(Read)]
            : await main.ListAsync(kind, state, before, limit, cancellationToken);

    private static SagaDocument Read(SagaInstance saga) => new(saga.Seq, saga.State, Encoding.UTF8.GetBytes(saga.Document));
}
