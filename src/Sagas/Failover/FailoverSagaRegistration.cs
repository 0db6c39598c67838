using BusIngest.Bus.Inbox;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Sagas.Failover;

/// <summary>Registers the saga of the failover sessions.</summary>
public static class FailoverSagaRegistration
{
    /// <summary>Adds the saga.</summary>
    /// <param name="bus">Where to.</param>
    /// <returns>What its repository is chosen on.</returns>
    public static ISagaRegistrationConfigurator<FailoverState> AddFailoverSaga(this IRegistrationConfigurator bus)
    {
        bus.AddSingleton(new InFlightLimit(FailoverDefinition.Queue, FailoverDefinition.AtOnce));
        return bus.AddSagaStateMachine<FailoverMachine, FailoverState, FailoverDefinition>();
    }
}
