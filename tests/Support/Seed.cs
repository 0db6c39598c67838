using System.Globalization;
using System.Security.Cryptography;

namespace BusIngest.Support;

/// <summary>The seed of everything random in a run: BUSINGEST_SEED, or one drawn at start.</summary>
public static class Seed
{
    private const string Variable = "BUSINGEST_SEED";

    /// <summary>The seed of this run.</summary>
    public static int Value { get; } = Read() ?? RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>How to repeat this run, for a test to print.</summary>
    public static string Hint => $"Seed {Value}: repeat with {Variable}={Value}";

    /// <summary>A generator of its own for every purpose, so that one test's draws do not move another's.</summary>
    /// <param name="purpose">What it is for; the same seed and purpose give the same draws.</param>
    public static Random RandomFor(string purpose)
    {
        var mixed = unchecked((uint)Value * 2654435761u);
        foreach (var character in purpose)
            mixed = unchecked((mixed ^ character) * 16777619u);
        return new Random(unchecked((int)mixed));
    }

    private static int? Read() =>
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : null;
}
