using System.Globalization;

namespace BusIngest.Support;

/// <summary>How often a test kills: BUSINGEST_KILL_ROUNDS, by default 3; 30 is the full number.</summary>
public static class Rounds
{
    private const int Default = 3;

    /// <summary>Rounds of the test that kills under load, at least 1.</summary>
    public static int Full { get; } = Read();

    /// <summary>Rounds of the tests that kill at one special moment: a third, at least 2.</summary>
    public static int Third => Math.Max(2, Full / 3);

    /// <summary>Rounds of a row of the matrix, in which a whole cluster breaks: a third, at least 1.</summary>
    public static int Cluster => Math.Max(1, Full / 3);

    private static int Read() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("BUSINGEST_KILL_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            ? Math.Max(1, rounds)
            : Default;
}
