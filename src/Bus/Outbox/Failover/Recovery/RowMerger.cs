using BusIngest.Bus.Inbox;
using BusIngest.Bus.Telemetry;
using BusIngest.Bus.Transports;

namespace BusIngest.Bus.Outbox.Failover.Recovery;

/// <summary>
/// Puts small rows of one kind together into messages as large as a chunk: a hundred thousand single records would be as many messages.
/// Only records that travel together anyway, and are for all: what one endpoint is to have again finds its mark by its own id.
/// </summary>
internal sealed class RowMerger(IEnumerable<ChunkFormat> formats, OutboxOptions options)
{
    private readonly HashSet<string> _mergeable =
        formats.Where(format => format.TravelsTogether).Select(format => format.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Makes messages of rows, the oldest first.</summary>
    /// <param name="rows">In the order of acceptance.</param>
    /// <param name="travelsAlone">Whether a row is to go by itself, whatever its kind.</param>
    public IReadOnlyList<ParkedMessage> Merge(IEnumerable<InboxMessage> rows, Func<InboxMessage, bool> travelsAlone)
    {
        var groups = new List<List<InboxMessage>>();
        var open = new Dictionary<string, (List<InboxMessage> Rows, int Records, int Bytes)>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!IsMergeable(row) || travelsAlone(row))
            {
                groups.Add([row]);
            }
            else if (open.TryGetValue(row.MessageType, out var group)
                && group.Records + row.Records <= options.MaxChunkRecords && group.Bytes + row.Body.Length <= options.MaxChunkBytes)
            {
                group.Rows.Add(row);
                open[row.MessageType] = (group.Rows, group.Records + row.Records, group.Bytes + row.Body.Length);
            }
            else
            {
                List<InboxMessage> begun = [row];
                groups.Add(begun);
                open[row.MessageType] = (begun, row.Records, row.Body.Length);
            }
        }

        return [.. groups.Select(group => group.Count == 1 ? ParkedMessage.Of(group[0]) : Merge(group))];
    }

    private bool IsMergeable(InboxMessage row) =>
        row.Endpoint is null
        && string.Equals(row.ContentType, StoredBody.Records, StringComparison.Ordinal)
        && _mergeable.Contains(row.MessageType)
        && row.Body is [(byte)'[', _, .., (byte)']'];

    private static ParkedMessage Merge(List<InboxMessage> rows)
    {
        var first = rows[0];
        return new ParkedMessage(
            new InboxEntry(
                MergedId.Of(rows.Select(row => row.MessageId)),
                first.MessageType,
                Endpoint: null,
                rows.Sum(row => row.Records),
                StoredBody.Records,
                first.AcceptedAt,
                Join(rows),
                RecordTraces.Join(rows.Select(row => row.Trace))),
            rows);
    }

    /// <summary>One JSON array of many: each row's brackets make room for a comma, but for the first and the last.</summary>
    private static byte[] Join(List<InboxMessage> rows)
    {
        var joined = new byte[rows.Sum(row => row.Body.Length - 1) + 1];
        var length = 0;
        foreach (var row in rows)
        {
            joined[length] = length == 0 ? (byte)'[' : (byte)',';
            row.Body.AsSpan(1, row.Body.Length - 2).CopyTo(joined.AsSpan(length + 1));
            length += row.Body.Length - 1;
        }

        joined[length] = (byte)']';
        return joined;
    }
}
