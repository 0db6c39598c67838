using System.Text.Json.Serialization;
using BusIngest.Contracts;

namespace BusIngest.Api.Sync;

/// <summary>How the answers about what is pulled are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(EventCount))]
[JsonSerializable(typeof(EventPage))]
[JsonSerializable(typeof(RunPage))]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(SourcePage))]
[JsonSerializable(typeof(StartedRun))]
internal sealed partial class SyncApiJson : JsonSerializerContext;
