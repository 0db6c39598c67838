using System.Collections.Concurrent;
using BusIngest.Bus.Delivery;

namespace BusIngest.Bus.Transports;

/// <summary>Which endpoints of this process consume which messages, gathered while MassTransit configures them.</summary>
internal sealed class SubscriptionMap
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte>> _typesByEndpoint = new(StringComparer.Ordinal);

    /// <summary>The endpoints, each with the names of the messages it consumes.</summary>
    public IEnumerable<(string Endpoint, IReadOnlyList<string> MessageTypes)> Endpoints =>
        _typesByEndpoint.Select(endpoint => (endpoint.Key, (IReadOnlyList<string>)[.. endpoint.Value.Keys]));

    public void Add(string endpoint, Type messageType) =>
        _typesByEndpoint.GetOrAdd(endpoint, static _ => new(StringComparer.Ordinal)).TryAdd(messageType.Name, 0);

    /// <summary>Whether anyone will consume a message. What is published and nobody subscribes to goes nowhere, as on any broker.</summary>
    /// <exception cref="InvalidOperationException">It is for one endpoint, which this process does not have: it would wait for ever.</exception>
    public bool Knows(CapturedMessage message) => message.Endpoint is not { } endpoint
        ? Subscribers(message.MessageType) > 0
        : _typesByEndpoint.ContainsKey(endpoint)
            ? true
            : throw new InvalidOperationException($"{message.MessageType} is for the endpoint {endpoint}, which is not there.");

    /// <summary>How many endpoints consume a message; 0 for a type nobody here consumes.</summary>
    public int Subscribers(string messageType) => _typesByEndpoint.Values.Count(types => types.ContainsKey(messageType));
}
