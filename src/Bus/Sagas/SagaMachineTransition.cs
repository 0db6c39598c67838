namespace BusIngest.Bus.Sagas;

/// <summary>A way from one state to another, or back to the same, as a machine has it.</summary>
/// <param name="From">The state before; Initial for a new saga.</param>
/// <param name="Event">The machine's name of the event.</param>
/// <param name="To">The state after.</param>
public sealed record SagaMachineTransition(string From, string Event, string To);
