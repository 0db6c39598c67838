namespace BusIngest.Bus.Transports;

/// <summary>Says which role serves a queue, where it is not the usual one: `sagas` for a saga's, `workers` for any other.</summary>
/// <param name="Queue">The queue's name.</param>
/// <param name="Role">The one role.</param>
public sealed record EndpointRole(string Queue, Roles Role);
