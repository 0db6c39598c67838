using System.Text.Json.Serialization;
using BusIngest.Contracts;

namespace BusIngest.Sagas.Timers;

/// <summary>How timers are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(TimerState))]
public sealed partial class TimerStateJson : JsonSerializerContext;
