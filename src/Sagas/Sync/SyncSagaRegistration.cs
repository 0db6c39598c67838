using MassTransit;

namespace BusIngest.Sagas.Sync;

/// <summary>Registers the sagas of the runs and their sources.</summary>
public static class SyncSagaRegistration
{
    /// <summary>Adds the saga of the runs; <see cref="SyncRunOptions"/> and <see cref="TimeProvider"/> must be in the container.</summary>
    /// <param name="bus">Where to.</param>
    /// <returns>What its repository is chosen on.</returns>
    public static ISagaRegistrationConfigurator<SyncRunState> AddSyncRunSaga(this IRegistrationConfigurator bus) =>
        bus.AddSagaStateMachine<SyncRunMachine, SyncRunState, SyncRunDefinition>();

    /// <summary>Adds the saga of the sources.</summary>
    /// <param name="bus">Where to.</param>
    /// <returns>What its repository is chosen on.</returns>
    public static ISagaRegistrationConfigurator<SyncSourceState> AddSyncSourceSaga(this IRegistrationConfigurator bus) =>
        bus.AddSagaStateMachine<SyncSourceMachine, SyncSourceState, SyncSourceDefinition>();
}
