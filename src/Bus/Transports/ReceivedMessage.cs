using System.Text.Json;
using MassTransit;
using MassTransit.Transports;

namespace BusIngest.Bus.Transports;

/// <summary>A received message as it can be kept: a chunk is reduced to its records, anything else stays a whole envelope.</summary>
/// <param name="MessageId">The message's id.</param>
/// <param name="MessageType">Its name; `unreadable` where it is not even an envelope.</param>
/// <param name="Endpoint">Where it was received.</param>
/// <param name="Records">How many records it carries; 1 where it is not a chunk.</param>
/// <param name="ContentType">How the body is to be read.</param>
/// <param name="Body">What is kept.</param>
internal sealed record ReceivedMessage(
    Guid MessageId, string MessageType, string Endpoint, int Records, string ContentType, byte[] Body)
{
    private const string Unreadable = "unreadable";

    public static ReceivedMessage Read(ReceiveContext context)
    {
        var messageId = context.GetMessageId() ?? NewId.NextGuid();
        var endpoint = context.InputAddress.GetEndpointName() ?? Unreadable;
        var body = context.GetBody();
        try
        {
            using var envelope = JsonDocument.Parse(body);
            var type = TypeName(envelope.RootElement);
            return TryReadChunk(envelope.RootElement, out var count, out var records)
                ? new ReceivedMessage(messageId, type, endpoint, count, StoredBody.Records, records)
                : new ReceivedMessage(messageId, type, endpoint, 1, StoredBody.Envelope, body);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or JSON that is no envelope.
            return new ReceivedMessage(messageId, Unreadable, endpoint, 1, StoredBody.Envelope, body);
        }
    }

    /// <summary>Whether somebody waits for an answer; the in-memory transport says so in the envelope only.</summary>
    public static bool IsRequest(ReceiveContext context)
    {
        try
        {
            using var envelope = JsonDocument.Parse(context.GetBody());
            return envelope.RootElement.TryGetProperty("requestId", out var id) && id.ValueKind == JsonValueKind.String;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The last part of the first of the envelope's types: `urn:message:BusIngest.Contracts.Cars:CarGenerated`.</summary>
    private static string TypeName(JsonElement envelope) =>
        envelope.TryGetProperty("messageType", out var types) && types.ValueKind == JsonValueKind.Array && types.GetArrayLength() > 0
        && types[0].GetString() is { } urn
            ? urn[(urn.LastIndexOf(':') + 1)..]
            : Unreadable;

    private static bool TryReadChunk(JsonElement envelope, out int count, out byte[] records)
    {
        count = 0;
        records = [];
        return envelope.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object
            && message.TryGetProperty("count", out var counted) && counted.ValueKind == JsonValueKind.Number && counted.TryGetInt32(out count)
            && message.TryGetProperty("records", out var packed) && packed.ValueKind == JsonValueKind.String
            && packed.TryGetBytesFromBase64(out records!);
    }
}
