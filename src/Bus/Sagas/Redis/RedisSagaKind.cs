namespace BusIngest.Bus.Sagas.Redis;

/// <summary>A kind of saga that is kept in Redis.</summary>
/// <param name="Name">The kind.</param>
internal sealed record RedisSagaKind(string Name);
