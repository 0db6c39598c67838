using System.Runtime.InteropServices;

namespace BusIngest.Api.Hosting;

/// <summary>Notes that somebody asked the process to stop: a process that ends unasked does not end with 0.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private volatile bool _came;

    /// <summary>Listens from here on; what the signal does is the host's.</summary>
    public StopSignals() =>
        _registrations = Array.ConvertAll([PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT], (PosixSignal signal) =>
            PosixSignalRegistration.Create(signal, _ => _came = true));

    /// <summary>Whether one came.</summary>
    public bool Came => _came;

    /// <inheritdoc />
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());
}
