using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Limits;

/// <summary>Limits how many events accounts send.</summary>
/// <param name="limits">Keeps count.</param>
/// <param name="policies">What is limited.</param>
internal sealed class AccountLimits(ILimits limits, LimitPolicies policies)
{
    private const int LongestShown = 100;

    /// <summary>Charges a batch's events to their accounts: all of them or, if one account has too few left, none.</summary>
    /// <typeparam name="TEvent">What an event is here.</typeparam>
    /// <param name="context">Whose answer tells what is left.</param>
    /// <param name="events">The batch.</param>
    /// <param name="account">Whose an event is.</param>
    /// <returns>Null when they are charged; else what to answer.</returns>
    public ValueTask<ProblemHttpResult?> ChargeAsync<TEvent>(HttpContext context, IReadOnlyList<TEvent> events, Func<TEvent, string> account) =>
        policies.OfAccounts.Count == 0 ? default : ChargeAsync(context, Count(events, account));

    private static Dictionary<string, int> Count<TEvent>(IReadOnlyList<TEvent> events, Func<TEvent, string> account)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < events.Count; i++)
        {
            var id = account(events[i]);
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }

        return counts;
    }

    private async ValueTask<ProblemHttpResult?> ChargeAsync(HttpContext context, Dictionary<string, int> counts)
    {
        LimitCharge[] charges = [.. counts.SelectMany(count => policies.OfAccounts.Select(policy => new LimitCharge(policy, count.Key, count.Value)))];
        var outcome = await limits.TakeAsync(charges);
        context.Features.Get<LimitHeaders>()?.Add(charges, outcome.States);
        if (outcome.IsAllowed)
            return null;

        var exceeded = charges.Where((charge, i) => outcome.States[i].Remaining < charge.Units).ToList();
        return LimitRefusals.Refuse(context.Response, Explain(exceeded[0]), exceeded.Select(charge => charge.Policy), outcome.WaitSeconds);
    }

    private static string Explain(LimitCharge charge)
    {
        var account = charge.Partition.Length > LongestShown ? charge.Partition[..LongestShown] + "…" : charge.Partition;
        var limit = string.Create(
            CultureInfo.InvariantCulture, $"{charge.Policy.Quota} events {(charge.Policy.Span is LimitSpan.Minute ? "within 60 s" : "a day (UTC)")}");
        return charge.Units > charge.Policy.Quota
            ? $"The account '{account}' may send {limit}, and the batch has {charge.Units} of it: send fewer at a time."
            : $"The account '{account}' has sent what it may: {limit}. Nothing of the batch was taken.";
    }
}
