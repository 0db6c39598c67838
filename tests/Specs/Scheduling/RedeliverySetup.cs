using BusIngest.Specs.Relays;
using MassTransit;

namespace BusIngest.Specs.Scheduling;

/// <summary>What <see cref="RedeliveryDefinition"/> adds.</summary>
internal sealed record RedeliverySetup(Action<IReceiveEndpointConfigurator, IConsumerConfigurator<RelayConsumer>> Configure);
