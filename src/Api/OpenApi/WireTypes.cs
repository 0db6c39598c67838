using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BusIngest.Api.Cars;
using BusIngest.Api.Events;
using BusIngest.Api.Failures;
using BusIngest.Api.Orders;
using BusIngest.Api.Outbox;
using BusIngest.Api.Sagas;
using BusIngest.Api.Sync;
using BusIngest.Api.Telemetry.Slo;
using BusIngest.Api.Timers;

namespace BusIngest.Api.OpenApi;

/// <summary>The types of the routes' serializer contexts, under the names and with the converters that each context gives them.</summary>
internal sealed class WireTypes : IJsonTypeInfoResolver
{
    private static readonly JsonSerializerContext[] Contexts =
    [
        CarApiJson.Default,
        OrderApiJson.Default,
        TimerApiJson.Default,
        SyncApiJson.Default,
        EventApiJson.Default,
        OutboxApiJson.Default,
        FailureApiJson.Default,
        SagaApiJson.Default,
        SloJson.Default,
    ];

    private WireTypes()
    {
    }

    /// <summary>The one.</summary>
    public static WireTypes Instance { get; } = new();

    /// <inheritdoc />
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        foreach (var context in Contexts)
        {
            if (context.GetTypeInfo(type) is not { } own || ((IJsonTypeInfoResolver)context).GetTypeInfo(type, options) is not { } copy)
                continue;

            for (var i = 0; i < copy.Properties.Count; i++)
                (copy.Properties[i].Name, copy.Properties[i].CustomConverter) = (own.Properties[i].Name, own.Properties[i].CustomConverter);
            return copy;
        }

        return null;
    }

    /// <summary>The names of an enum's values as they go over the wire.</summary>
    public static IEnumerable<string> Names(Type type)
    {
        var options = Contexts.FirstOrDefault(context => context.GetTypeInfo(type) is not null)?.Options;
        return Enum.GetValues(type).Cast<object>()
            .Select(value => JsonSerializer.SerializeToElement(value, type, options ?? JsonSerializerOptions.Default).ToString());
    }
}
