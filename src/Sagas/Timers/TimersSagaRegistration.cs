using BusIngest.Bus.Inbox;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Sagas.Timers;

/// <summary>Registers the saga of the timers.</summary>
public static class TimersSagaRegistration
{
    /// <summary>Adds the saga; <see cref="TimerOptions"/> and <see cref="TimeProvider"/> must be in the container.</summary>
    /// <param name="bus">Where to.</param>
    /// <returns>What its repository is chosen on.</returns>
    public static ISagaRegistrationConfigurator<TimerState> AddTimerSaga(this IRegistrationConfigurator bus)
    {
        bus.AddSingleton(new InFlightLimit(TimerDefinition.Queue, TimerDefinition.AtOnce));
        return bus.AddSagaStateMachine<TimerMachine, TimerState, TimerDefinition>();
    }
}
