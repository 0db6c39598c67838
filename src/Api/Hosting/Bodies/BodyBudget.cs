using System.Diagnostics.Metrics;
using BusIngest.Bus.Telemetry;

namespace BusIngest.Api.Hosting;

/// <summary>How many bytes of bodies are in hand at once, over all requests.</summary>
/// <param name="most">The most, in bytes.</param>
internal sealed class BodyBudget(long most)
{
    private static readonly UpDownCounter<long> InHand = Meters.Shared.CreateUpDownCounter<long>(
        "busingest.http.bodies.bytes", "By", "Bytes of requests' bodies that are in hand");

    private long _taken;

    /// <summary>How many bytes are in hand.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Takes room for more bytes.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= most)
        {
            InHand.Add(bytes);
            return true;
        }

        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    /// <summary>Gives room back.</summary>
    public void Return(long bytes)
    {
        Interlocked.Add(ref _taken, -bytes);
        InHand.Add(-bytes);
    }
}
