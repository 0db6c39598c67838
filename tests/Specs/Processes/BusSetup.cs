using BusIngest.Bus;
using BusIngest.Bus.Failures;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Processes;

/// <summary>What a process of a spec has on the bus.</summary>
internal sealed record BusSetup
{
    /// <summary>One retry by default, at once, so that what fails does so soon.</summary>
    public BusOptions Options { get; init; } = new() { Retry = new RetryOptions { Immediate = 1, Spaced = [] } };

    /// <summary>Its clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Adds more to the container.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    /// <summary>Adds consumers.</summary>
    public Action<IBusRegistrationConfigurator> Consumers { get; init; } = _ => { };
}
