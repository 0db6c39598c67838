using BusIngest.Api.Limits;
using BusIngest.Api.Telemetry.Requests;

namespace BusIngest.Api.Security;

/// <summary>
/// Notes wrong keys: counts them, logs a line now and then, and makes an address that gave several at the login wait longer and longer. Keys in
/// headers are not slowed: a neighbour behind the same address would wait as well.
/// </summary>
internal sealed partial class WrongKeys(TimeProvider time, ILogger<WrongKeys> logger)
{
    /// <summary>So many may be mistyped.</summary>
    private const int Free = 5;

    private const int LongestWaitSeconds = 60;
    private const int MostAddresses = 10_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Generations<string, Address> _addresses = new(MostAddresses, Remembered.Ticks);
    private DateTimeOffset _loggedAt;
    private long _unlogged;

    /// <summary>How long an address has to wait before it may try again; zero: not at all.</summary>
    public TimeSpan Wait(HttpContext context)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            return _addresses.TryGet(Owner(context), now.Ticks, out var address) && address.OpenAt > now ? address.OpenAt - now : TimeSpan.Zero;
        }
    }

    /// <summary>Notes a wrong key of the login.</summary>
    public void Slow(HttpContext context)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var owner = Owner(context);
            if (!_addresses.TryGet(owner, now.Ticks, out var address))
                _addresses.Add(owner, address = new Address(), now.Ticks);
            address.Wrong++;
            if (address.Wrong >= Free)
                address.OpenAt = now.AddSeconds(Math.Min(LongestWaitSeconds, 1 << Math.Min(address.Wrong - Free, 10)));
        }

        Note(context, "A login");
    }

    /// <summary>Counts a wrong key, and says so now and then.</summary>
    public void Note(HttpContext context, string what)
    {
        Refusals.Count("key");
        Tell(context, what, "a wrong key");
    }

    /// <summary>Logs a refusal, a line a second at most.</summary>
    /// <param name="context">The request.</param>
    /// <param name="what">What was refused.</param>
    /// <param name="why">Why; nothing that a client made up.</param>
    public void Tell(HttpContext context, string what, string why)
    {
        long others;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (now - _loggedAt < Quiet)
            {
                _unlogged++;
                return;
            }

            (_loggedAt, others, _unlogged) = (now, _unlogged, 0);
        }

        LogRefused(what, Owner(context), why, others);
    }

    private static string Owner(HttpContext context) => ClientAddress.Of(context.Connection.RemoteIpAddress);

    [LoggerMessage(LogLevel.Warning, "{What} from {Address} was refused: {Why} ({Others} more since the last such line)")]
    private partial void LogRefused(string what, string address, string why, long others);

    private sealed class Address
    {
        public int Wrong { get; set; }

        public DateTimeOffset OpenAt { get; set; }
    }
}
