namespace BusIngest.Api.Commands.Events;

/// <summary>Random numbers of one event: they follow from the seed and its number alone, so that events can be made in any order. SplitMix64.</summary>
internal struct SampleRandom(long seed, long number)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state = Mix((ulong)seed * Golden) ^ ((ulong)number * 0xD1B54A32D192ED03);

    /// <summary>Any 64 bits.</summary>
    public ulong Next() => Mix(_state += Golden);

    /// <summary>A number from 0 to below 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from 0 to below a bound.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>A number from 0 to below a bound, of which 0 is twice as frequent as 1, three times as 2, and so on.</summary>
    public int Uneven(int bound) => Math.Min(bound - 1, (int)Math.Pow(bound + 1, NextDouble()) - 1);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
