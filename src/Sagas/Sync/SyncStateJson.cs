using System.Text.Json.Serialization;
using BusIngest.Contracts;

namespace BusIngest.Sagas.Sync;

/// <summary>How runs and sources are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(SyncRunState))]
[JsonSerializable(typeof(SyncSourceState))]
public sealed partial class SyncStateJson : JsonSerializerContext;
