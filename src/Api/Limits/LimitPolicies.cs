namespace BusIngest.Api.Limits;

/// <summary>The policies that are in force; null: that one is off.</summary>
internal sealed class LimitPolicies
{
    private const string Events = "events";

    private readonly string? _ofEvents;
    private readonly string? _ofOthers;

    public LimitPolicies(LimitOptions options)
    {
        Requests = Policy("ip", options.RequestsPerMinute, LimitSpan.Minute, unit: null);
        AccountMinute = Policy("account-minute", options.AccountEventsPerMinute, LimitSpan.Minute, Events);
        AccountDay = Policy("account-day", options.AccountDailyQuota, LimitSpan.Day, Events);
        OfAccounts = [.. new[] { AccountMinute, AccountDay }.OfType<LimitPolicy>()];
        _ofOthers = Header(Requests);
        _ofEvents = Header(Requests, AccountMinute, AccountDay);
    }

    /// <summary>Requests of an address.</summary>
    public LimitPolicy? Requests { get; }

    /// <summary>Events of an account within 60 s.</summary>
    public LimitPolicy? AccountMinute { get; }

    /// <summary>Events of an account on a day.</summary>
    public LimitPolicy? AccountDay { get; }

    /// <summary>Those of accounts that are not off.</summary>
    public IReadOnlyList<LimitPolicy> OfAccounts { get; }

    /// <summary>RateLimit-Policy of a route; null where nothing is limited.</summary>
    public string? Header(LimitedRoute route) => route.Name is LimitedRoute.Events ? _ofEvents : _ofOthers;

    private static LimitPolicy? Policy(string name, long quota, LimitSpan span, string? unit) =>
        quota == 0 ? null : new LimitPolicy(name, quota, span, unit);

    private static string? Header(params LimitPolicy?[] policies)
    {
        var given = policies.OfType<LimitPolicy>().Select(policy => policy.Header).ToList();
        return given.Count == 0 ? null : string.Join(", ", given);
    }
}
