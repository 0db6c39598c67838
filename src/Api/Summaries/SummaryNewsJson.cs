using System.Text.Json.Serialization;

namespace BusIngest.Api.Summaries;

/// <summary>How news of changed accounts is written.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class SummaryNewsJson : JsonSerializerContext;
