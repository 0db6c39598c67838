using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BusIngest.Support.Timers;

/// <summary>How a webhook answers; its address says so, so that the sink needs no more than the request.</summary>
/// <param name="Refusals">So many of its calls are refused first.</param>
/// <param name="RefusedWith">The status of a refusal; 0 leaves the call without an answer.</param>
/// <param name="Delay">How long it thinks before any answer.</param>
public sealed record WebhookBehaviour(int Refusals, int RefusedWith, TimeSpan Delay)
{
    /// <summary>Says 200 at once.</summary>
    public static WebhookBehaviour Prompt { get; } = new(0, 200, TimeSpan.Zero);

    /// <summary>Says 200 after a while.</summary>
    public static WebhookBehaviour Slow(TimeSpan delay) => Prompt with { Delay = delay };

    /// <summary>Says so often something else before it says 200.</summary>
    public static WebhookBehaviour After(int refusals, int status) => new(refusals, status, TimeSpan.Zero);

    /// <summary>Never answers.</summary>
    public static WebhookBehaviour Silent { get; } = new(int.MaxValue, 0, TimeSpan.Zero);

    /// <summary>The query that tells the sink.</summary>
    public string Query => $"?refusals={Refusals}&status={RefusedWith}&delayMs={Delay.TotalMilliseconds:0}";

    internal static WebhookBehaviour Read(IQueryCollection query) =>
        new(Number(query, "refusals"), Number(query, "status"), TimeSpan.FromMilliseconds(Number(query, "delayMs")));

    private static int Number(IQueryCollection query, string name) =>
        int.Parse(query[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture);
}
