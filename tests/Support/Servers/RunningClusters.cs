using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace BusIngest.Support.Servers;

/// <summary>Every cluster that was started and not taken down: they end with the tests.</summary>
internal static class RunningClusters
{
    private static readonly ConcurrentDictionary<ClusterScript, byte> Scripts = new();

    private static readonly List<PosixSignalRegistration> Registrations = [];

    static RunningClusters()
    {
        // A signal that nobody handles ends the process without ProcessExit.
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT })
            Registrations.Add(PosixSignalRegistration.Create(signal, static _ => AbandonAll()));
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => AbandonAll();
        AppDomain.CurrentDomain.UnhandledException += static (_, _) => AbandonAll();
    }

    public static void Add(ClusterScript script) => Scripts.TryAdd(script, 0);

    public static void Remove(ClusterScript script) => Scripts.TryRemove(script, out _);

    private static void AbandonAll()
    {
        foreach (var script in Scripts.Keys)
        {
            if (Scripts.TryRemove(script, out _))
                script.Abandon();
        }
    }
}
