using BusIngest.Bus.Storage;

namespace BusIngest.Api.Cars;

/// <summary>Takes the cars' ledger.</summary>
internal interface ICarStats
{
    /// <summary>The ledger as of one moment.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    Task<CarStats> ReadAsync(CancellationToken cancellationToken);
}
