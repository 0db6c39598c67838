using System.Collections.Concurrent;

namespace BusIngest.Bus.Telemetry;

/// <summary>Which workload a message is of.</summary>
public static class WorkloadNames
{
    private const string Contracts = "BusIngest.Contracts.";

    /// <summary>The name of what belongs to no workload.</summary>
    public const string Bus = "bus";

    private static readonly ConcurrentDictionary<string, string> ByMessage = new(StringComparer.Ordinal);

    /// <summary>Remembers a message's workload, for those who know but its name.</summary>
    internal static void Note(Type message) => ByMessage.TryAdd(message.Name, Of(message));

    /// <summary>The workload of a message that was noted.</summary>
    public static string OfMessage(string name) => ByMessage.GetValueOrDefault(name, Bus);

    /// <summary>The last part of a contract's namespace, in lower case: `cars`.</summary>
    public static string Of(Type? message) =>
#pragma warning disable CA1308 // Names of workloads are written in lower case.
        message?.Namespace is { } space && space.StartsWith(Contracts, StringComparison.Ordinal) ? space[Contracts.Length..].ToLowerInvariant() : Bus;
#pragma warning restore CA1308
}
