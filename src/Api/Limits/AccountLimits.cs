using System.Globalization;
using BusIngest.Api.Events;

namespace BusIngest.Api.Limits;

/// <summary>Limits how many events accounts send: a batch is charged to all of its accounts or, if one of them has too few left, to none.</summary>
/// <param name="limits">Keeps count.</param>
/// <param name="policies">What is limited.</param>
internal sealed class AccountLimits(ILimits limits, LimitPolicies policies) : IEventAdmission
{
    private const int LongestShown = 100;

    /// <inheritdoc />
    public bool IsActive => policies.OfAccounts.Count > 0;

    /// <inheritdoc />
    public async ValueTask<IResult?> RefuseAsync(HttpContext context, IReadOnlyList<AccountEvents> accounts)
    {
        var charges = new LimitCharge[accounts.Count * policies.OfAccounts.Count];
        for (var i = 0; i < charges.Length; i++)
        {
            var account = accounts[i / policies.OfAccounts.Count];
            charges[i] = new LimitCharge(policies.OfAccounts[i % policies.OfAccounts.Count], account.AccountId, account.Events);
        }

        var outcome = await limits.TakeAsync(charges);
        context.Features.Get<LimitHeaders>()?.Add(charges, outcome.States);
        if (outcome.IsAllowed)
            return null;

        if (charges.Where(NeverFits).ToList() is { Count: > 0 } tooLarge)
            return LimitRefusals.TooLarge(ExplainNever(tooLarge[0]), tooLarge.Select(charge => charge.Policy));

        var exceeded = charges.Where((charge, i) => outcome.States[i].Remaining < charge.Units).ToList();
        return LimitRefusals.Refuse(context.Response, Explain(exceeded[0]), exceeded.Select(charge => charge.Policy), outcome.WaitSeconds);
    }

    /// <summary>However long one waits.</summary>
    private static bool NeverFits(LimitCharge charge) => charge.Units > charge.Policy.Quota;

    private static string ExplainNever(LimitCharge charge) =>
        $"The account '{Account(charge)}' may send {Limit(charge)}, and the batch has {charge.Units} of it: send fewer at a time.";

    private static string Explain(LimitCharge charge) =>
        $"The account '{Account(charge)}' has sent what it may: {Limit(charge)}. Nothing of the batch was taken.";

    private static string Account(LimitCharge charge) =>
        charge.Partition.Length > LongestShown ? charge.Partition[..LongestShown] + "…" : charge.Partition;

    private static string Limit(LimitCharge charge) => string.Create(
        CultureInfo.InvariantCulture, $"{charge.Policy.Quota} events {(charge.Policy.Span is LimitSpan.Minute ? "within 60 s" : "a day (UTC)")}");
}
