using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BusIngest.Bus.Sagas;

/// <summary>How sagas of a kind are kept.</summary>
/// <typeparam name="TSaga">The saga.</typeparam>
/// <param name="Kind">The name under which they are kept and listed: letters, digits and dashes. It must not change once there are some.</param>
/// <param name="Json">How one is written: in camelCase.</param>
public sealed record DocumentSagaOptions<TSaga>(string Kind, JsonTypeInfo<TSaga> Json)
    where TSaga : class, ISagaDocument
{
    /// <summary>The saga of a snapshot.</summary>
    internal TSaga Deserialize(SagaSnapshot snapshot) =>
        JsonSerializer.Deserialize(snapshot.Document.Span, Json) ?? throw new JsonException($"A document of {Kind} is null.");

    /// <summary>A saga as it is kept.</summary>
    internal byte[] Serialize(TSaga saga) => JsonSerializer.SerializeToUtf8Bytes(saga, Json);
}
