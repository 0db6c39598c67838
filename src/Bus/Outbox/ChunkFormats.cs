using System.Text.Json;
using BusIngest.Bus.Telemetry;
using BusIngest.Contracts;

namespace BusIngest.Bus.Outbox;

/// <summary>The registered formats: unpacks rows of records into the messages that travel.</summary>
internal sealed class ChunkFormats(IEnumerable<ChunkFormat> formats)
{
    private readonly Dictionary<string, ChunkFormat> _formats = formats.ToDictionary(format => format.Name, StringComparer.Ordinal);

    /// <summary>Checks that a record can be read as what a format carries; nothing where no format of this name is registered.</summary>
    /// <exception cref="JsonException">It can't.</exception>
    public void Check(string messageType, JsonElement record)
    {
        if (_formats.TryGetValue(messageType, out var format))
            format.Check(record);
    }

    /// <summary>Makes the messages of a row. Their ids are the same at every call, so that those which were consumed before find their marks.</summary>
    /// <param name="messageId">The row's id; a single message has it too.</param>
    /// <param name="messageType">The name of the format.</param>
    /// <param name="count">How many records there are.</param>
    /// <param name="records">A JSON array.</param>
    /// <param name="trace">The spans that the records come from; null where nobody traces.</param>
    /// <exception cref="JsonException">The records can't be read.</exception>
    /// <exception cref="KeyNotFoundException">No format of this name is registered.</exception>
    public IReadOnlyList<UnpackedMessage> Unpack(Guid messageId, string messageType, int count, byte[] records, string? trace = null)
    {
        var messages = _formats[messageType].CreateMessages(count, records);
        if (messages.Count == 1)
            return [new UnpackedMessage(messageId, messages[0], RecordTraces.OfAll(trace))];

        var ids = new SequentialIds(messageId);
        return [.. messages.Select((message, place) => new UnpackedMessage(ids.Next(), message, RecordTraces.Of(trace, place)))];
    }
}
