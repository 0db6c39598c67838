using BusIngest.Bus.Redis;
using StackExchange.Redis;

namespace BusIngest.Api.Limits;

/// <summary>
/// Keeps count in Redis for all processes together. While Redis is away each process goes by what it has granted itself: nobody is refused for
/// that, and nobody gets more than the limit from one process.
/// </summary>
/// <param name="local">What this process has granted.</param>
/// <param name="redis">Where the others' is known.</param>
internal sealed class SharedLimits(LocalLimits local, RedisScripts redis) : ILimits
{
    /// <summary>What is logged with the reason, once each time that Redis goes.</summary>
    public const string WhileAway = "Limits are each process' own for now, as Redis does not help";

    /// <summary>A write of Redis waits for its disk.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc />
    public async ValueTask<LimitOutcome> TakeAsync(LimitCharge[] charges)
    {
        var keys = Array.ConvertAll(charges, charge => $"limit:{charge.Policy.Name}:{charge.Partition}");
        var arguments = new object[3 * charges.Length];
        for (var i = 0; i < charges.Length; i++)
        {
            arguments[3 * i] = charges[i].Policy.Span is LimitSpan.Minute ? "60" : "86400";
            arguments[(3 * i) + 1] = charges[i].Policy.Quota;
            arguments[(3 * i) + 2] = charges[i].Units;
        }

        if (await redis.TryRunAsync(LimitScript.Take, keys, arguments, Patience) is not { } answer)
            return local.Take(charges);

        var outcome = Read(answer, charges.Length);
        if (outcome.IsAllowed)
            local.Note(charges);
        return outcome;
    }

    private static LimitOutcome Read(RedisValue[] answer, int charges)
    {
        var states = new LimitState[charges];
        for (var i = 0; i < charges; i++)
            states[i] = new LimitState((long)answer[(2 * i) + 1], (long)answer[(2 * i) + 2]);
        return new LimitOutcome((long)answer[0], states);
    }
}
