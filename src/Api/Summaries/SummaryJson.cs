using System.Text.Json.Serialization;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Summaries;

/// <summary>How summaries are kept in Redis, and news of changed accounts written.</summary>
[JsonSerializable(typeof(AccountSummary))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class SummaryJson : JsonSerializerContext;
