using System.Collections.Concurrent;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Telemetry;
using MassTransit;

namespace BusIngest.Bus.Transports;

/// <summary>Which endpoints of the program consume which messages, gathered while MassTransit configures them.</summary>
internal sealed class SubscriptionMap
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Type>> _typesByEndpoint = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<Type, byte> _types = new();
    private readonly ConcurrentDictionary<Type, bool> _consumedByBase = new();

    /// <summary>The endpoints, each with the names of the messages it consumes.</summary>
    public IEnumerable<(string Endpoint, IReadOnlyList<string> MessageTypes)> Endpoints =>
        _typesByEndpoint.Select(endpoint => (endpoint.Key, (IReadOnlyList<string>)[.. endpoint.Value.Keys]));

    /// <summary>The names of all messages that are consumed.</summary>
    public IEnumerable<string> MessageTypes => _typesByEndpoint.Values.SelectMany(types => types.Keys).Distinct(StringComparer.Ordinal);

    /// <summary>The endpoints, each with the messages it consumes.</summary>
    public IEnumerable<(string Endpoint, IReadOnlyCollection<Type> Messages)> Subscriptions =>
        _typesByEndpoint.Select(endpoint => (endpoint.Key, (IReadOnlyCollection<Type>)[.. endpoint.Value.Values]));

    /// <summary>Notes that an endpoint consumes a message.</summary>
    /// <exception cref="ConfigurationException">Another one is consumed that inherits from it, or that it inherits from: a message travels under
    /// its own name, so the one consumer would never see it, or both would share a mark.</exception>
    public void Add(string endpoint, Type messageType)
    {
        if (_types.Keys.FirstOrDefault(other => other != messageType && (other.IsAssignableFrom(messageType) || messageType.IsAssignableFrom(other))) is { } kin)
            throw new ConfigurationException($"{messageType} and {kin} are both consumed, and one inherits from the other. Messages are consumed by their own type.");

        WorkloadNames.Note(messageType);
        _types.TryAdd(messageType, 0);
        _typesByEndpoint.GetOrAdd(endpoint, static _ => new(StringComparer.Ordinal)).TryAdd(messageType.Name, messageType);
    }

    /// <summary>Whether somebody consumes a message by a type that it inherits from, and would not see it.</summary>
    public bool IsConsumedByItsBase(Type messageType) => _consumedByBase.GetOrAdd(
        messageType, static (type, types) => !types.ContainsKey(type) && types.Keys.Any(other => other.IsAssignableFrom(type)), _types);

    /// <summary>Whether anyone will consume a message. What is published and nobody subscribes to goes nowhere, as on any broker.</summary>
    /// <exception cref="InvalidOperationException">It is for one endpoint, which the program does not have: it would wait for ever.</exception>
    public bool Knows(CapturedMessage message) => message.Endpoint is not { } endpoint
        ? Subscribers(message.MessageType) > 0
        : HasEndpoint(endpoint)
            ? true
            : throw new InvalidOperationException($"{message.MessageType} is for the endpoint {endpoint}, which is not there.");

    /// <summary>Whether the program has an endpoint of this name.</summary>
    public bool HasEndpoint(string endpoint) => _typesByEndpoint.ContainsKey(endpoint);

    /// <summary>How many endpoints consume a message; 0 for a type nobody consumes.</summary>
    public int Subscribers(string messageType) => _typesByEndpoint.Values.Count(types => types.ContainsKey(messageType));

    /// <summary>The message of this name; null when nobody consumes it.</summary>
    public Type? Find(string messageType)
    {
        foreach (var types in _typesByEndpoint.Values)
        {
            if (types.TryGetValue(messageType, out var type))
                return type;
        }

        return null;
    }
}
