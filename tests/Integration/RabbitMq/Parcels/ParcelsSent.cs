using BusIngest.Contracts;

namespace BusIngest.Integration.RabbitMq.Parcels;

/// <summary>Parcels were sent.</summary>
/// <param name="Count">How many.</param>
/// <param name="Records">The parcels, as <see cref="ParcelsJson"/> writes them.</param>
public sealed record ParcelsSent(int Count, byte[] Records) : IChunk<Parcel>;
