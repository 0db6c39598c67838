using BusIngest.Bus.Redis;

namespace BusIngest.Bus.Sagas.Redis;

/// <summary>The keys of one kind of saga.</summary>
/// <param name="Kind">The kind.</param>
internal readonly record struct RedisSagaKeys(string Kind)
{
    /// <summary>A sorted set of all ids, by their place in the order of creation.</summary>
    public string All => $"{RedisKeys.Sagas}{Kind}:all";

    /// <summary>What is followed by a state: a sorted set of the ids in it, in the same order.</summary>
    public string States => $"{RedisKeys.Sagas}{Kind}:state:";

    /// <summary>The last place given.</summary>
    public string Seq => $"{RedisKeys.Sagas}{Kind}:seq";

    /// <summary>A hash: one saga.</summary>
    public string Saga(Guid correlationId) => $"{RedisKeys.Sagas}{Kind}:{correlationId}";

    /// <summary>A list: its last changes of state.</summary>
    public string History(Guid correlationId) => $"{RedisKeys.Sagas}{Kind}:{correlationId}:history";
}
