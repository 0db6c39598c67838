using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Sagas.Remote;

/// <summary>Lists the sagas that are kept on a server of their own. Of each, the last 50 changes of state are there.</summary>
/// <exception cref="StorageUnavailableException">The server is out of reach.</exception>
public interface IKeptSagas
{
    /// <summary>Whether sagas of this kind are there.</summary>
    bool Keeps(string kind);

    /// <summary>How many sagas of a kind are in each of these states.</summary>
    Task<IReadOnlyList<(string State, long Count)>> CountAsync(string kind, IReadOnlyList<string> states, CancellationToken cancellationToken);

    /// <summary>How many sagas of a kind there are up to a <see cref="SagaInstance.Seq"/>.</summary>
    Task<long> CountAsync(string kind, long last, CancellationToken cancellationToken);

    /// <summary>Sagas of one kind, newest first.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="state">Only those in this state; null: all.</param>
    /// <param name="before">Only those created before the one of this <see cref="SagaInstance.Seq"/>; null: from the newest.</param>
    /// <param name="limit">The most to be read.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<SagaInstance>> ListAsync(string kind, string? state, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>Some sagas; those that are not there are left out.</summary>
    Task<IReadOnlyList<SagaInstance>> FindAsync(string kind, IReadOnlyCollection<Guid> correlationIds, CancellationToken cancellationToken);

    /// <summary>One saga, and its last changes of state, oldest first; null when there is none.</summary>
    Task<(SagaInstance Saga, IReadOnlyList<SagaTransition> Transitions)?> FindAsync(string kind, Guid correlationId, CancellationToken cancellationToken);
}
