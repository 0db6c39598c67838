namespace BusIngest.Bus.Sagas.Remote;

/// <summary>A saga as it is on a server of its own, which is not the database of the messages.</summary>
/// <param name="Current">The saga; version 0 when there is none, or none any more.</param>
/// <param name="Version">The version of what is there, also when it is deleted.</param>
/// <param name="MessageId">The last message that changed it; null when there is none.</param>
/// <param name="ChangedAt">When it did.</param>
/// <param name="Previous">The saga as it found it.</param>
internal readonly record struct RemoteSaga(SagaSnapshot Current, long Version, Guid? MessageId, DateTimeOffset ChangedAt, SagaSnapshot Previous)
{
    /// <summary>No such saga.</summary>
    public static readonly RemoteSaga None = new(SagaSnapshot.None, 0, null, default, SagaSnapshot.None);
}
