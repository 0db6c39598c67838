using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace BusIngest.DataSyncSimulator;

/// <summary>Makes events: the same one of the same number and seed, at any time and in any process.</summary>
/// <param name="seed">What all of them are drawn from.</param>
/// <param name="orderedIds">Whether ids are in the order of the numbers.</param>
public sealed class EventForge(int seed, bool orderedIds)
{
    /// <summary>The most bytes of an event.</summary>
    public const int MaxBytes = 512;

    private const long FirstMs = 1_704_067_200_000;
    private const int StepMs = 137;
    private const int TimestampForms = 5;
    private static readonly string[] Types = ["page_view", "click", "purchase", "signup", "löschung"];

    /// <summary>An event's id.</summary>
    public Guid Id(int number)
    {
        var high = orderedIds ? (ulong)number : Mix(((ulong)(uint)seed << 32) | (uint)number);
        var low = Mix(high ^ 0x9E37_79B9_7F4A_7C15);
        return new Guid((uint)(high >> 32), (ushort)(high >> 16), (ushort)high, (byte)(low >> 56), (byte)(low >> 48), (byte)(low >> 40),
            (byte)(low >> 32), (byte)(low >> 24), (byte)(low >> 16), (byte)(low >> 8), (byte)low);
    }

    /// <summary>An event's type.</summary>
    public static string Type(int number) => Types[number % Types.Length];

    /// <summary>An event's user.</summary>
    public static string User(int number) => $"user-{number % 5_003}";

    /// <summary>An event's time in milliseconds since 1970, as it can be known from what is served.</summary>
    public static long TimeMs(int number)
    {
        var ms = FirstMs + ((long)number * StepMs);
        return number % TimestampForms is 1 or 4 ? ms / 1_000 * 1_000 : ms;
    }

    /// <summary>An event as it must be known in the end: as served, with its time as ISO 8601.</summary>
    public string Normalised(int number)
    {
        var bytes = new byte[MaxBytes];
        var time = DateTimeOffset.FromUnixTimeMilliseconds(TimeMs(number)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetString(bytes, 0, Write(number, bytes, $"\"{time}\""));
    }

    /// <summary>Writes an event as it is served.</summary>
    /// <returns>Its length in bytes.</returns>
    public int Write(int number, Span<byte> target) => Write(number, target, timestamp: null);

    private int Write(int number, Span<byte> target, string? timestamp)
    {
        var writer = new SpanWriter(target);
        writer.Add("{\"id\":\""u8);
        writer.Add(Id(number));
        writer.Add("\",\"sessionId\":\""u8);
        writer.Add(Mix((uint)number));
        writer.Add("\",\"userId\":\"user-"u8);
        writer.Add((ulong)(number % 5_003));
        writer.Add("\",\"type\":\""u8);
        writer.Add(Type(number));
        writer.Add("\",\"name\":\"event_"u8);
        writer.Add((ulong)(number % 97));
        writer.Add("\",\"properties\":{\"page\":\"/p/"u8);
        writer.Add((ulong)(number % 1_009));
        writer.Add("\",\"value\":"u8);
        writer.Add((ulong)(number % 10_000));
        writer.Add(".50,\"tags\":[\"a\",\"\\u00e9\\n\"],\"timestamp\":1},\"timestamp\":"u8);
        if (timestamp is null)
            WriteTime(ref writer, number);
        else
            writer.Add(timestamp);
        writer.Add(",\"session\":{\"id\":\"s-"u8);
        writer.Add((ulong)(number / 7));
        writer.Add("\",\"active\":true,\"referrer\":null}}"u8);
        return writer.Length;
    }

    private static void WriteTime(ref SpanWriter writer, int number)
    {
        var ms = TimeMs(number);
        switch (number % TimestampForms)
        {
            case 0:
                writer.Add((ulong)ms);
                break;
            case 1:
                writer.Add((ulong)(ms / 1_000));
                break;
            case 2:
                writer.Add("\""u8);
                writer.Add((ulong)ms);
                writer.Add("\""u8);
                break;
            case 3:
                writer.Add("\""u8);
                writer.AddTime(ms, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
                writer.Add("\""u8);
                break;
            default:
                writer.Add("\""u8);
                writer.AddTime(ms, "yyyy-MM-dd' 'HH:mm:ss");
                writer.Add("\""u8);
                break;
        }
    }

    /// <summary>SplitMix64's finish: every number once, in no visible order.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }

    private ref struct SpanWriter(Span<byte> target)
    {
        private readonly Span<byte> _target = target;

        public int Length { get; private set; }

        public void Add(ReadOnlySpan<byte> text)
        {
            text.CopyTo(_target[Length..]);
            Length += text.Length;
        }

        public void Add(string text) => Length += Encoding.UTF8.GetBytes(text, _target[Length..]);

        public void Add(ulong number)
        {
            Utf8Formatter.TryFormat(number, _target[Length..], out var written);
            Length += written;
        }

        public void Add(Guid id)
        {
            id.TryFormat(_target[Length..], out var written);
            Length += written;
        }

        public void AddTime(long ms, string format)
        {
            DateTimeOffset.FromUnixTimeMilliseconds(ms).TryFormat(_target[Length..], out var written, format, CultureInfo.InvariantCulture);
            Length += written;
        }
    }
}
