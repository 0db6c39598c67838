namespace BusIngest.Workers.Timers.Webhooks.Gates;

/// <summary>For how long calls are put off.</summary>
internal static class Deferral
{
    /// <summary>The shortest pause.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>The longest one, beyond what was asked for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>How far apart those come again whose receiver does not answer.</summary>
    private static readonly TimeSpan WithoutAnswer = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a receiver's next call is put off: behind all that are, as far apart as it is thought to take them.</summary>
    /// <param name="receiver">Who was to be called; it learns until when.</param>
    /// <param name="now">The time.</param>
    /// <param name="least">How long at least.</param>
    /// <param name="atOnce">How many calls it may have open.</param>
    public static TimeSpan Next(Receiver receiver, DateTimeOffset now, TimeSpan least, int atOnce)
    {
        var each = receiver switch
        {
            { Standing: ReceiverStanding.Answers } => receiver.Pace / atOnce,
            { IsNewcomer: true } => CallPlaces.Prompt / atOnce,
            _ => WithoutAnswer,
        };
        var until = receiver.PutOffUntil + each > now + least ? receiver.PutOffUntil + each : now + least;
        receiver.PutOffUntil = until < now + least + Longest ? until : now + least + Longest;
        return Draw(receiver.PutOffUntil - now, least);
    }

    /// <summary>Spread, so that those that were put off together do not come together again.</summary>
    /// <param name="pause">The pause in line.</param>
    /// <param name="least">What it is not to be shorter than.</param>
    private static TimeSpan Draw(TimeSpan pause, TimeSpan least) => pause < least + Longest
        ? pause + (Shortest * Random.Shared.NextDouble())
        : least + (Longest * (0.5 + (0.5 * Random.Shared.NextDouble())));
}
