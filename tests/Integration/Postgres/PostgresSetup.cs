using BusIngest.Bus;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Integration.Postgres;

/// <summary>What a process of a test has beside the database.</summary>
internal sealed record PostgresSetup
{
    /// <summary>What is left behind is found soon.</summary>
    public BusOptions Options { get; init; } = new()
    {
        Retry = new RetryOptions { Immediate = 3, Spaced = [] },
        Delivery = new DeliveryOptions { LeftBehindAfter = TimeSpan.FromSeconds(2), SweepEvery = TimeSpan.FromMilliseconds(200) },
    };

    /// <summary>The broker; null: the in-process bus.</summary>
    public string? RabbitMqUrl { get; init; }

    /// <summary>The most connections.</summary>
    public int MaxConnections { get; init; } = 20;

    /// <summary>Its clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Adds more to the container.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    /// <summary>Adds consumers.</summary>
    public Action<IBusRegistrationConfigurator> Consumers { get; init; } = _ => { };
}
