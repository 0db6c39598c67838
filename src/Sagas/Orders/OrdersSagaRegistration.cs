using MassTransit;

namespace BusIngest.Sagas.Orders;

/// <summary>Registers the saga of the orders.</summary>
public static class OrdersSagaRegistration
{
    /// <summary>Adds the saga; <see cref="OrderRunOptions"/> and <see cref="TimeProvider"/> must be in the container.</summary>
    /// <param name="bus">Where to.</param>
    /// <returns>What its repository is chosen on.</returns>
    public static ISagaRegistrationConfigurator<OrderRunState> AddOrderSaga(this IRegistrationConfigurator bus) =>
        bus.AddSagaStateMachine<OrderRunMachine, OrderRunState, OrderRunDefinition>();
}
