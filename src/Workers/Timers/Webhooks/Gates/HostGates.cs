using BusIngest.Workers.Net;

namespace BusIngest.Workers.Timers.Webhooks.Gates;

/// <summary>A gate for each host, so that one dead host delays nobody else. Of the hosts that are idle only the last ones are kept.</summary>
internal sealed class HostGates(WebhookOptions options, TimeProvider time) : IDisposable
{
    /// <summary>How many idle hosts are remembered.</summary>
    internal const int MaxIdle = 1_024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HostGate> _gates = new(StringComparer.Ordinal);
    private readonly LinkedList<HostGate> _idle = new();

    /// <summary>How many hosts are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _gates.Count;
        }
    }

    /// <summary>Makes an attempt at a host: see <see cref="HostGate.RunAsync"/>.</summary>
    public async Task<WebhookOutcome> RunAsync(
        Uri url, Func<CancellationToken, Task<WebhookOutcome>> attempt, CancellationToken cancellationToken)
    {
        var gate = Borrow($"{HostName.Of(url)}:{url.Port}");
        try
        {
            return await gate.RunAsync(attempt, cancellationToken);
        }
        finally
        {
            Return(gate);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var gate in _gates.Values)
            gate.Dispose();
    }

    private HostGate Borrow(string host)
    {
        lock (_lock)
        {
            if (!_gates.TryGetValue(host, out var gate))
                _gates[host] = gate = new HostGate(host, options, time);
            else if (gate.Users == 0)
                _idle.Remove(gate.Idle);
            gate.Users++;
            return gate;
        }
    }

    private void Return(HostGate gate)
    {
        lock (_lock)
        {
            if (--gate.Users > 0)
                return;

            _idle.AddLast(gate.Idle);
            if (_idle.Count <= MaxIdle)
                return;

            var forgotten = _idle.First!.Value;
            _idle.RemoveFirst();
            _gates.Remove(forgotten.Host);
            forgotten.Dispose();
        }
    }
}
