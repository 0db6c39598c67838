using System.Runtime.InteropServices;
using BusIngest.Contracts.Events;

namespace BusIngest.Api.Commands.Events;

/// <summary>Makes events up.</summary>
internal sealed class EventSamples
{
    private const int HoursOfDay = 24;
    private const long HourMs = 3_600_000;

    /// <summary>How busy the hours of a day are, in UTC.</summary>
    private static readonly int[] Hours = [2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 12, 11, 9, 11, 12, 12, 11, 10, 8, 7, 6, 5, 4, 3];

    /// <summary>How frequent the types are, in %, in the order of their numbers.</summary>
    private static readonly int[] Types = [45, 15, 12, 20, 8];

    private readonly SampleOptions _options;
    private readonly long _fromMs;
    private readonly byte[] _hourOf;
    private readonly EventType[] _typeOf;

    public EventSamples(SampleOptions options)
    {
        _options = options;
        _fromMs = options.Until.AddDays(-options.Days).ToUnixTimeMilliseconds();
        var first = options.Until.Hour;
        _hourOf = [.. Enumerable.Range(0, HoursOfDay).SelectMany(offset => Enumerable.Repeat((byte)offset, Hours[(first + offset) % HoursOfDay]))];
        _typeOf = [.. Types.SelectMany((share, type) => Enumerable.Repeat((EventType)type, share))];
    }

    /// <summary>Their bounds: the first moment that any may have, and the first that none has any more.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Bounds => (DateTimeOffset.FromUnixTimeMilliseconds(_fromMs), _options.Until);

    /// <summary>The event of a number.</summary>
    public SampleEvent this[long number]
    {
        get
        {
            var random = new SampleRandom(_options.Seed, number);
            var id = Id(ref random);
            var account = random.NextDouble() < _options.Whale ? 0 : random.Uneven(_options.Accounts);
            var user = random.Uneven(_options.Users);
            var time = _fromMs + (Hour(number, random.NextDouble()) * HourMs) + random.Below((int)HourMs);
            return new SampleEvent(id, account, user, _typeOf[random.Below(_typeOf.Length)], time, random.Below(1_000));
        }
    }

    /// <summary>The hour of an event, from the first one on: like a real one's, it comes soon after those of the events before it.</summary>
    private long Hour(long number, double chance)
    {
        var passed = _options.Events is { } events ? (number + chance) / events : chance;
        var place = Math.Min((long)(passed * _options.Days * _hourOf.Length), ((long)_options.Days * _hourOf.Length) - 1);
        return (place / _hourOf.Length * HoursOfDay) + _hourOf[place % _hourOf.Length];
    }

    /// <summary>A random UUID (version 4).</summary>
    private static Guid Id(ref SampleRandom random)
    {
        Span<ulong> bits = [random.Next(), random.Next()];
        var bytes = MemoryMarshal.AsBytes(bits);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
