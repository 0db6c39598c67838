using BusIngest.Contracts;

namespace BusIngest.Api.Hosting;

/// <summary>Where a request's ids begin when it has an idempotency key.</summary>
/// <param name="First">The first id.</param>
internal sealed record IdempotencySeed(Guid First);

/// <summary>Ids for what a request makes.</summary>
internal static class RequestIds
{
    /// <summary>Gives ids, the same ones again for a request that is sent again under its idempotency key.</summary>
    public static SequentialIds Ids(this HttpContext context, DateTimeOffset now) =>
        context.Features.Get<IdempotencySeed>() is { } seed ? new SequentialIds(seed.First) : new SequentialIds(now);
}
