namespace BusIngest.Bus.Sagas.Remote;

/// <summary>A kind of saga that is kept on a server of its own.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Keeper">What lists them.</param>
internal sealed record RemoteSagaKind(string Name, Type Keeper);
