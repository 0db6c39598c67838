using System.Buffers;

namespace BusIngest.Api.Commands.Events;

/// <summary>Sends every event, and some again: in the same batch, or in one that may overtake the first.</summary>
/// <param name="options">How many, and how fast.</param>
/// <param name="samples">What they are.</param>
/// <param name="writer">Writes them.</param>
/// <param name="client">Posts them.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadSender(LoadOptions options, EventSamples samples, SampleWriter writer, LoadClient client, TimeProvider time)
{
    private const int RepeatSeed = 7;

    private int _next;
    private long _requests;

    /// <summary>How many different events were taken in hand.</summary>
    public int Begun => Math.Min(Volatile.Read(ref _next), options.Events);

    /// <summary>Sends all.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => Task.Run(() => SendAsync(begun, cancellationToken), cancellationToken)));
    }

    private async Task SendAsync(long begun, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(options.Batch * 300);
        while (true)
        {
            var request = Interlocked.Increment(ref _requests) - 1;
            var numbers = Draw(request);
            if (numbers.Count == 0)
                return;

            buffer.ResetWrittenCount();
            Write(buffer, numbers);
            if (options.Rate > 0 && TimeSpan.FromSeconds((double)request * options.Batch / options.Rate) - time.GetElapsedTime(begun) is var early && early > TimeSpan.Zero)
                await Task.Delay(early, time, cancellationToken);
            await client.PostAsync(buffer.WrittenMemory, numbers, cancellationToken);
        }
    }

    /// <summary>The events of a request; none when all are taken.</summary>
    private List<int> Draw(long request)
    {
        var random = new SampleRandom(RepeatSeed, request);
        var numbers = new List<int>(options.Batch);
        var hasNew = false;
        while (numbers.Count < options.Batch)
        {
            if (Begun is > 0 and var known && random.NextDouble() < options.Duplicates)
            {
                numbers.Add(numbers.Count > 0 && random.Below(2) == 0 ? numbers[^1] : random.Below(known));
                continue;
            }

            var number = Interlocked.Increment(ref _next) - 1;
            if (number >= options.Events)
                break;
            numbers.Add(number);
            hasNew = true;
        }

        return hasNew ? numbers : [];
    }

    private void Write(ArrayBufferWriter<byte> buffer, List<int> numbers)
    {
        buffer.Write("{\"events\":["u8);
        for (var i = 0; i < numbers.Count; i++)
        {
            if (i > 0)
                buffer.Write(","u8);
            writer.Write(buffer, samples[numbers[i]]);
        }

        buffer.Write("]}"u8);
    }
}
