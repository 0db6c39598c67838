namespace BusIngest.Bus.Sagas.Redis;

/// <summary>A saga as it is in Redis.</summary>
/// <param name="Current">The saga; version 0 when there is none, or none any more.</param>
/// <param name="Version">The version of what is there, also when it is deleted.</param>
/// <param name="MessageId">The last message that changed it; null when there is none.</param>
/// <param name="ChangedAt">When it did.</param>
/// <param name="Previous">The saga as it found it.</param>
internal readonly record struct RedisSaga(SagaSnapshot Current, long Version, Guid? MessageId, DateTimeOffset ChangedAt, SagaSnapshot Previous)
{
    /// <summary>No such saga.</summary>
    public static readonly RedisSaga None = new(SagaSnapshot.None, 0, null, default, SagaSnapshot.None);
}
