using System.Text.Json.Serialization;

namespace BusIngest.Specs.Notes;

/// <summary>How notes are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Note[]))]
public sealed partial class NotesJson : JsonSerializerContext;
