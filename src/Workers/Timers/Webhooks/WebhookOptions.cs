using BusIngest.Workers.Net;
using BusIngest.Workers.Timers.Webhooks.Signing;

namespace BusIngest.Workers.Timers.Webhooks;

/// <summary>How webhooks are called.</summary>
public sealed record WebhookOptions
{
    /// <summary>Hosts that may be called although their address is private: names or addresses, as they stand in the URL, each with a port or
    /// for any. Default none.</summary>
    public IReadOnlySet<string> AllowedHosts { get; init => field = HostName.NormalizeAll(value); } = HostName.NormalizeAll([]);

    /// <summary>What deliveries are signed with, 0–2. The first signs first; while secrets are being changed both sign, so that a
    /// receiver may know either. Default none: one is made at the first start, and kept.</summary>
    public IReadOnlyList<SigningSecret> Secrets { get; init; } = [];

    /// <summary>How long an attempt may take in all, from the look-up of the name to the end of the answer's headers: 100 ms to 60 s. Half of it is
    /// for the connection. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many attempts may be under way to one host (name and port), 1–1,024. Default 32.</summary>
    public int MaxConcurrencyPerHost { get; init; } = 32;

    /// <summary>When a host is left alone for a while.</summary>
    public WebhookBreakerOptions Breaker { get; init; } = new();
}
