namespace BusIngest.Workers.Timers.Webhooks.Gates;

/// <summary>For how long calls are put off.</summary>
internal static class Deferral
{
    /// <summary>The shortest pause.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>The longest one, beyond what was asked for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>How far apart those come again whose receiver does not answer.</summary>
    public static readonly TimeSpan WithoutAnswer = TimeSpan.FromMilliseconds(100);

    /// <summary>Spread, so that those that were put off together do not come together again.</summary>
    /// <param name="pause">The pause in line.</param>
    /// <param name="least">What it is not to be shorter than.</param>
    public static TimeSpan Draw(TimeSpan pause, TimeSpan least) => pause < least + Longest
        ? pause + (Shortest * Random.Shared.NextDouble())
        : least + (Longest * (0.5 + (0.5 * Random.Shared.NextDouble())));
}
