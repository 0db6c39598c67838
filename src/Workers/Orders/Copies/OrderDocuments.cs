using BusIngest.Bus.Copies;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;
using Microsoft.EntityFrameworkCore;
using MongoDB.Bson;

namespace BusIngest.Workers.Orders.Copies;

/// <summary>The orders as documents, in the shape that readers of the replaced service know; see docs/mongodb.md.</summary>
internal sealed class OrderDocuments(IMainDatabase database) : ICopySource
{
    /// <summary>The collection.</summary>
    public const string Name = "orders";

    /// <summary>Above every time in milliseconds.</summary>
    private const int TimeBits = 42;

    /// <inheritdoc />
    public string Collection => Name;

    /// <inheritdoc />
    public Task<IReadOnlyList<DocumentCopy>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Orders are noted by their numbers, never by their ids.");

    /// <inheritdoc />
    public async Task<CopyPage> ReadAsync(NumberRange range, int limit, CancellationToken cancellationToken)
    {
        await using var orders = new OrdersContext(database);
        var found = await orders.ReadAsync(() => orders.Orders
            .Where(x => x.Seq >= range.First && x.Seq <= range.Last).OrderBy(x => x.Seq).Take(limit).ToListAsync(cancellationToken));
        var last = found.Count < limit ? range.Last : found[^1].Seq;
        return new CopyPage(
            [.. found.Select(Copy)], range with { Last = last }, last < range.Last ? range with { First = last + 1 } : null);
    }

    /// <inheritdoc />
    public async Task<long> CountAsync(NumberRange range, CancellationToken cancellationToken)
    {
        await using var orders = new OrdersContext(database);
        return await orders.ReadAsync(() => orders.Orders.LongCountAsync(x => x.Seq >= range.First && x.Seq <= range.Last, cancellationToken));
    }

    private static DocumentCopy Copy(Order order) => new(order.Id, order.Seq, Version(order), new BsonDocument
    {
        { "cliente", order.Cliente },
        { "valor", order.Valor },
        { "tier", order.Tier },
        { "priority", order.Priority },
        { "observacoes", order.Observacoes },
        { "status", order.Status },
        { "createdAt", Moment(order.CreatedAt) },
        { "processedAt", order.ProcessedAt is { } at ? Moment(at) : BsonNull.Value },
    });

    /// <summary>An order is pending, may be given up any number of times, and is processed once: that, and the time, put its states in their order.</summary>
    private static long Version(Order order)
    {
        var rank = order.Status switch
        {
            OrderNames.Processed => 2L,
            OrderNames.Failed => 1L,
            _ => 0L,
        };
        return (rank << TimeBits) + (order.ProcessedAt?.ToUnixTimeMilliseconds() ?? 0);
    }

    private static BsonDateTime Moment(DateTimeOffset at) => new(at.ToUnixTimeMilliseconds());
}
