using BusIngest.Bus.Storage;

namespace BusIngest.Api.Orders;

/// <summary>Adds up a run's rows.</summary>
internal interface IOrderFigures
{
    /// <summary>The figures of a run as of one moment.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    ValueTask<OrderFigures> ReadAsync(long run, CancellationToken cancellationToken);
}
