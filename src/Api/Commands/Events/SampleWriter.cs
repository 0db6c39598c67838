using System.Buffers;
using System.Buffers.Text;
using BusIngest.Contracts.Events;

namespace BusIngest.Api.Commands.Events;

/// <summary>Writes made-up events as JSON, as fast as they can be made up.</summary>
/// <param name="accountPrefix">What the accounts' ids begin with; needs no escaping.</param>
internal sealed class SampleWriter(string accountPrefix)
{
    private const int LongestEvent = 512;

    private static readonly string[] Channels = ["web", "ios", "android", "api"];

    /// <summary>Writes an event.</summary>
    public void Write(ArrayBufferWriter<byte> target, in SampleEvent sample)
    {
        var span = target.GetSpan(LongestEvent + accountPrefix.Length);
        var at = 0;
        Put(span, ref at, "{\"event_id\":\""u8);
        Utf8Formatter.TryFormat(sample.Id, span[at..], out var written);
        at += written;
        Put(span, ref at, "\",\"account_id\":\""u8);
        at += System.Text.Encoding.UTF8.GetBytes(accountPrefix, span[at..]);
        Put(span, ref at, sample.Account, 'D', 5);
        Put(span, ref at, "\",\"user_id\":\"user-"u8);
        Put(span, ref at, sample.User, 'D', 4);
        Put(span, ref at, "\",\"type\":\""u8);
        Put(span, ref at, sample.Type.Utf8Name());
        Put(span, ref at, "\",\"timestamp\":\""u8);
        DateTimeOffset.FromUnixTimeMilliseconds(sample.TimestampMs).UtcDateTime.TryFormat(span[at..], out written, "yyyy-MM-ddTHH:mm:ss.fffZ");
        at += written;
        Put(span, ref at, "\""u8);
        PutMetadata(span, ref at, sample);
        Put(span, ref at, "}"u8);
        target.Advance(at);
    }

    /// <summary>An account's id.</summary>
    public string Account(int number) => $"{accountPrefix}{number:D5}";

    /// <summary>A user's id.</summary>
    public static string User(int number) => $"user-{number:D4}";

    private static void PutMetadata(Span<byte> span, ref int at, in SampleEvent sample)
    {
        // Some have none.
        if (sample.Extra >= 800)
            return;

        Put(span, ref at, ",\"metadata\":{\"channel\":\""u8);
        at += System.Text.Encoding.UTF8.GetBytes(Channels[sample.Extra % Channels.Length], span[at..]);
        Put(span, ref at, sample.Type is EventType.CallMade ? "\",\"duration_ms\":"u8 : "\",\"size\":"u8);
        Put(span, ref at, sample.Extra * 7, 'D', 0);
        Put(span, ref at, "}"u8);
    }

    private static void Put(Span<byte> span, ref int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(span[at..]);
        at += text.Length;
    }

    private static void Put(Span<byte> span, ref int at, int number, char format, byte digits)
    {
        Utf8Formatter.TryFormat(number, span[at..], out var written, digits == 0 ? default : new StandardFormat(format, digits));
        at += written;
    }
}
