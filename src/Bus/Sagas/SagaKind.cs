using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Sagas;

/// <summary>A kind of saga that this process knows; registered with the saga, as a singleton.</summary>
public sealed class SagaKind
{
    private readonly Func<IServiceProvider, SagaMachine> _read;

    private SagaKind(string name, Type sagaType, Func<IServiceProvider, SagaMachine> read)
    {
        Name = name;
        SagaType = sagaType;
        _read = read;
    }

    /// <summary>The name that its sagas are kept and listed under.</summary>
    public string Name { get; }

    /// <summary>The saga.</summary>
    public Type SagaType { get; }

    /// <summary>Describes the kind.</summary>
    /// <typeparam name="TSaga">The saga, whose state machine is in the container.</typeparam>
    /// <param name="name">The name that its sagas are kept and listed under.</param>
    public static SagaKind Of<TSaga>(string name)
        where TSaga : class, SagaStateMachineInstance =>
        new(name, typeof(TSaga), services => SagaMachine.Read(services.GetRequiredService<SagaStateMachine<TSaga>>()));

    /// <summary>Reads its machine.</summary>
    /// <exception cref="InvalidOperationException">The container has no state machine for the saga.</exception>
    internal SagaMachine ReadMachine(IServiceProvider services) => _read(services);
}
