using System.Globalization;

namespace BusIngest.DataSyncSimulator;

/// <summary>Permits so many requests a window, and counts what it refused.</summary>
public sealed class RateWindow(SimulatorOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _length = TimeSpan.FromSeconds(options.WindowSeconds);
    private DateTimeOffset _endsAt = DateTimeOffset.MinValue;
    private int _used;

    /// <summary>Windows in which a request came.</summary>
    public int Windows { get; private set; }

    /// <summary>Requests that were permitted.</summary>
    public int Permitted { get; private set; }

    /// <summary>Requests that were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Those of them after the first window.</summary>
    public int RefusedLater { get; private set; }

    /// <summary>Takes a request, and writes the headers.</summary>
    /// <returns>Whether it is permitted.</returns>
    public bool TryTake(HttpResponse response)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (now >= _endsAt)
                Begin(now);
            var permitted = _used < options.RateLimit;
            if (permitted)
            {
                _used++;
                Permitted++;
            }
            else
            {
                Refused++;
                RefusedLater += Windows > 1 ? 1 : 0;
            }

            WriteHeaders(response, now, permitted);
            return permitted;
        }
    }

    private void Begin(DateTimeOffset now)
    {
        _endsAt = now + _length;
        if (options.ClockWindows)
            _endsAt = new DateTimeOffset((now.UtcTicks / _length.Ticks * _length.Ticks) + _length.Ticks, TimeSpan.Zero);
        _used = 0;
        Windows++;
    }

    private void WriteHeaders(HttpResponse response, DateTimeOffset now, bool permitted)
    {
        if (!permitted)
        {
            response.Headers.RetryAfter = options.RetryAfterDate
                ? _endsAt.AddSeconds(1).ToString("R", CultureInfo.InvariantCulture)
                : Math.Max(1, Math.Ceiling((_endsAt - now).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (options.Reset == ResetForm.None)
            return;
        var epoch = (_endsAt - DateTimeOffset.UnixEpoch).TotalSeconds;
        var reset = options.Reset switch
        {
            ResetForm.EpochDown => Math.Floor(epoch),
            ResetForm.EpochMs => Math.Ceiling(epoch * 1_000),
            ResetForm.Seconds => Math.Ceiling((_endsAt - now).TotalSeconds),
            _ => Math.Ceiling(epoch),
        };
        response.Headers["X-RateLimit-Limit"] = options.RateLimit.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Remaining"] = (options.RateLimit - _used).ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Reset"] = reset.ToString("0", CultureInfo.InvariantCulture);
    }
}
