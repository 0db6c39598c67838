using System.Text.Json;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Storage;
using BusIngest.Sagas.Orders;

namespace BusIngest.Api.Orders;

/// <summary>Reads how the last run is.</summary>
internal sealed class OrdersReader(ISagaDocuments sagas, IOrderFigures figures)
{
    /// <summary>The run, as its saga has it; before any run a new one.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    public async ValueTask<OrderRunState> RunAsync(CancellationToken cancellationToken) =>
        await sagas.FindAsync(OrderRunState.Kind, OrderRunState.TheOne, cancellationToken) is { } saga
            ? JsonSerializer.Deserialize(saga.Document.Span, OrderRunStateJson.Default.OrderRunState)
                ?? throw new InvalidDataException("A saga's document is null")
            : new OrderRunState();

    /// <summary>The run with its figures, which are not older than what its saga knows.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    public async ValueTask<OrderSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        var run = await RunAsync(cancellationToken);
        return OrderSnapshot.Of(run, await figures.ReadAsync(run.Facts.Run, cancellationToken));
    }
}
