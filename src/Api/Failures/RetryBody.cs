using System.Buffers;
using System.Text.Json;
using BusIngest.Api.Hosting;

namespace BusIngest.Api.Failures;

/// <summary>The body of a retry; there need be none.</summary>
/// <param name="Payload">What takes the place of the message's payload, in the form in which that is listed; absent: it is sent as it was.</param>
internal sealed record RetryBody(JsonElement? Payload = null)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a body.</summary>
    /// <returns>Null when it is wrong; the errors say what is.</returns>
    public static RetryBody? Read(in ReadOnlySequence<byte> body, FieldErrors errors)
    {
        if (body.IsEmpty)
            return new RetryBody(Payload: null);

        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return Read(document.RootElement, errors);
        }
        catch (JsonException exception)
        {
            errors.Add("$", exception.LineNumber is { } line
                ? $"is not valid JSON (line {line + 1}, byte {exception.BytePositionInLine + 1})"
                : "is not valid JSON, or has a field twice");
        }
        catch (InvalidOperationException)
        {
            errors.Add("$", "has a name that is no Unicode");
        }

        return null;
    }

    private static RetryBody? Read(JsonElement body, FieldErrors errors)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors.Add("$", "must be an object with a payload");
            return null;
        }

        JsonElement? payload = null;
        foreach (var field in body.EnumerateObject())
        {
            if (field.NameEquals("payload"))
                payload = field.Value.Clone();
            else
                errors.Add(field.Name, "is not known; there is only payload");
        }

        return errors.AreNone ? new RetryBody(payload) : null;
    }
}
