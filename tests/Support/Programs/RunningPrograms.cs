using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace BusIngest.Support.Programs;

/// <summary>Every program that was started and not seen to end: they die with the tests.</summary>
internal static class RunningPrograms
{
    private static readonly ConcurrentDictionary<int, byte> ProcessIds = new();

    private static readonly List<PosixSignalRegistration> Registrations = [];

    static RunningPrograms()
    {
        // A signal that nobody handles ends the process without ProcessExit.
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT })
            Registrations.Add(PosixSignalRegistration.Create(signal, static _ => KillAll()));
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => KillAll();
        AppDomain.CurrentDomain.UnhandledException += static (_, _) => KillAll();
    }

    public static void Add(int processId) => ProcessIds.TryAdd(processId, 0);

    public static void Remove(int processId) => ProcessIds.TryRemove(processId, out _);

    private static void KillAll()
    {
        foreach (var processId in ProcessIds.Keys)
            Signal.Send(processId, Signal.Kill);
    }
}
