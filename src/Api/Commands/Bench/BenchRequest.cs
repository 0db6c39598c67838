using System.Buffers;

namespace BusIngest.Api.Commands.Bench;

/// <summary>A request that is used again and again by one connection.</summary>
internal sealed class BenchRequest
{
    private const int UsualBytes = 8_192;

    /// <summary>Its body.</summary>
    public ArrayBufferWriter<byte> Body { get; } = new(UsualBytes);

    /// <summary>The numbers of the records in it.</summary>
    public List<int> Numbers { get; } = [];

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Body.ResetWrittenCount();
        Numbers.Clear();
    }
}
