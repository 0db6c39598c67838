using MassTransit;

namespace BusIngest.Bus.Sagas;

/// <summary>A state machine as it can be shown.</summary>
/// <param name="Initial">The name of the state before the first event.</param>
/// <param name="Final">The name of the state that a saga may end in.</param>
/// <param name="States">The states that a saga can rest in, in the machine's order.</param>
/// <param name="Transitions">What leads from where to where: by the states' order, then by event. What changes no state is left out.</param>
public sealed record SagaMachine(
    string Initial, string Final, IReadOnlyList<string> States, IReadOnlyList<SagaMachineTransition> Transitions)
{
    /// <summary>Reads a machine.</summary>
    public static SagaMachine Read<TSaga>(StateMachine<TSaga> machine)
        where TSaga : class, SagaStateMachineInstance
    {
        var visitor = new TransitionVisitor<TSaga>();
        machine.Accept(visitor);
        var (initial, final) = (machine.Initial.Name, machine.Final.Name);
        var inner = machine.States.Select(state => state.Name)
            .Where(name => !string.Equals(name, initial, StringComparison.Ordinal) && !string.Equals(name, final, StringComparison.Ordinal));
        var ends = visitor.Transitions.Any(transition => string.Equals(transition.To, final, StringComparison.Ordinal));

        List<string> states = [.. inner, .. ends ? [final] : Array.Empty<string>()];
        return new SagaMachine(initial, final, states,
        [
            .. visitor.Transitions
                .OrderBy(transition => states.IndexOf(transition.From))
                .ThenBy(transition => states.IndexOf(transition.To))
                .ThenBy(transition => transition.Event, StringComparer.Ordinal),
        ]);
    }
}
