using MassTransit;

namespace BusIngest.Sagas.Sync;

/// <summary>The queue `sync-run`. The repository sees to it that the events of one run take turns.</summary>
internal sealed class SyncRunDefinition : SagaDefinition<SyncRunState>
{
    private const int AtOnce = 16;

    public SyncRunDefinition()
    {
        EndpointName = "sync-run";
        ConcurrentMessageLimit = AtOnce;
    }
}

/// <summary>The queue `sync-source`.</summary>
internal sealed class SyncSourceDefinition : SagaDefinition<SyncSourceState>
{
    private const int AtOnce = 4;

    public SyncSourceDefinition()
    {
        EndpointName = "sync-source";
        ConcurrentMessageLimit = AtOnce;
    }
}
