using System.Buffers;

namespace BusIngest.Specs.Cars;

/// <summary>A body as a connection may bring it: in pieces.</summary>
internal static class SegmentedBody
{
    /// <summary>Cuts a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="cuts">Where, in any order; taken modulo its length, so that pieces may be empty.</param>
    public static ReadOnlySequence<byte> Cut(byte[] body, IEnumerable<int> cuts)
    {
        var first = new Segment(default, 0);
        var last = first;
        var begin = 0;
        foreach (var end in cuts.Select(cut => cut % (body.Length + 1)).Order().Append(body.Length))
        {
            last = last.Append(body.AsMemory(begin..end));
            begin = end;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex) => (Memory, RunningIndex) = (memory, runningIndex);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
