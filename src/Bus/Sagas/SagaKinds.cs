namespace BusIngest.Bus.Sagas;

/// <summary>The kinds of saga that this process knows.</summary>
/// <param name="kinds">What was registered.</param>
/// <param name="services">Has their machines.</param>
public sealed class SagaKinds(IEnumerable<SagaKind> kinds, IServiceProvider services)
{
    // Machines are read once: they never change.
    private readonly Lazy<IReadOnlyDictionary<string, SagaMachine>> _machines = new(() =>
        kinds.ToDictionary(kind => kind.Name, kind => kind.ReadMachine(services), StringComparer.Ordinal));

    /// <summary>Their names, in order.</summary>
    public IEnumerable<string> Names => _machines.Value.Keys.Order(StringComparer.Ordinal);

    /// <summary>The machine of a kind; null when there is no such kind.</summary>
    public SagaMachine? Find(string kind) => _machines.Value.GetValueOrDefault(kind);
}
