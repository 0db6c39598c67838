using System.Text.Json.Serialization;
using BusIngest.Contracts;

namespace BusIngest.Api.Timers;

/// <summary>How the timers' answers are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(TimerAnswer))]
[JsonSerializable(typeof(TimerAttempts))]
[JsonSerializable(typeof(TimerPage))]
internal sealed partial class TimerApiJson : JsonSerializerContext;
