using System.Text.Json.Serialization;
using BusIngest.Api.Commands.Bench;
using BusIngest.Api.Commands.Events;
using BusIngest.Api.Commands.Failed;
using BusIngest.Api.Commands.Inbox;
using BusIngest.Api.Commands.Migrate;
using BusIngest.Api.Commands.Mongo;
using BusIngest.Api.Failures;
using BusIngest.Bus.Outbox;
using BusIngest.Contracts;

namespace BusIngest.Api.Commands;

/// <summary>How commands write lines of JSON, and read the answers of routes that have no writer of their own.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(AppliedMigration))]
[JsonSerializable(typeof(BenchResult))]
[JsonSerializable(typeof(CleanLine))]
[JsonSerializable(typeof(DroppedMessages))]
[JsonSerializable(typeof(FailedGroup))]
[JsonSerializable(typeof(FailedMessagePage))]
[JsonSerializable(typeof(FailedMessageView))]
[JsonSerializable(typeof(OutboxStatus))]
[JsonSerializable(typeof(ParkedMessages))]
[JsonSerializable(typeof(RebuildLine))]
[JsonSerializable(typeof(RetriedMessages))]
[JsonSerializable(typeof(SeedLine))]
internal sealed partial class CommandJson : JsonSerializerContext;
