using System.Text.Encodings.Web;
using System.Text.Json;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Transports;

namespace BusIngest.Bus.Failures;

/// <summary>Puts an edited payload in the place of a failed message's own. It has the same form: the records of a chunk, or the whole envelope.</summary>
internal static class EditedPayload
{
    private const string Message = "message";

    /// <summary>Text stays readable in the table.</summary>
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body with which the message is sent again.</summary>
    /// <exception cref="PayloadRefusedException">It can't be.</exception>
    public static byte[] Of(FailedMessage failed, JsonElement payload, ChunkFormats formats)
    {
        try
        {
            if (string.Equals(failed.ContentType, StoredBody.Records, StringComparison.Ordinal))
                CheckRecords(failed, payload, formats);
            else
                CheckEnvelope(failed, payload);
            return Write(payload);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new PayloadRefusedException("has a text that is no Unicode", exception);
        }
    }

    /// <summary>As many records as before: ledgers count what was accepted.</summary>
    private static void CheckRecords(FailedMessage failed, JsonElement payload, ChunkFormats formats)
    {
        if (payload.ValueKind != JsonValueKind.Array || payload.GetArrayLength() != failed.Records)
            throw new PayloadRefusedException($"must be an array of as many records as the message has: {failed.Records}");

        var index = 0;
        foreach (var record in payload.EnumerateArray())
        {
            try
            {
                formats.Check(failed.MessageType, record);
            }
            catch (JsonException exception)
            {
                throw new PayloadRefusedException($"is no {failed.MessageType} at [{index}]{exception.Path?.TrimStart('$')}", exception);
            }

            index++;
        }
    }

    /// <summary>By the rest of the envelope it is known, traced and answered.</summary>
    private static void CheckEnvelope(FailedMessage failed, JsonElement payload)
    {
        using var before = Parse(failed.Body);
        if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty(Message, out var message) || message.ValueKind != JsonValueKind.Object)
            throw new PayloadRefusedException("must be the whole envelope, whose message is an object");

        foreach (var field in payload.EnumerateObject())
        {
            if (!before.RootElement.TryGetProperty(field.Name, out var own))
                throw new PayloadRefusedException($"must have no {field.Name}: of an envelope, only the message may be edited");
            if (!field.NameEquals(Message) && !JsonElement.DeepEquals(field.Value, own))
                throw new PayloadRefusedException($"must have the same {field.Name}: of an envelope, only the message may be edited");
        }

        foreach (var own in before.RootElement.EnumerateObject())
        {
            if (!payload.TryGetProperty(own.Name, out _))
                throw new PayloadRefusedException($"must keep its {own.Name}: of an envelope, only the message may be edited");
        }
    }

    private static JsonDocument Parse(byte[] envelope)
    {
        try
        {
            var document = JsonDocument.Parse(envelope);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // It is refused as what it is.
        }

        throw new PayloadRefusedException("can't be edited: the message is no envelope, and nobody knows for whom it is");
    }

    private static byte[] Write(JsonElement payload)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
            payload.WriteTo(writer);
        return stream.ToArray();
    }
}
