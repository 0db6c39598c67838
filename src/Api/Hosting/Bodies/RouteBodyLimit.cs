namespace BusIngest.Api.Hosting;

/// <summary>How large a route's body may be.</summary>
/// <param name="Bytes">In bytes, unpacked; never more than the setting allows.</param>
internal sealed record RouteBodyLimit(long Bytes)
{
    /// <summary>What a small object needs: the limit of a route that says nothing else.</summary>
    public const long Small = 16L << 10;

    /// <summary>That of a route that takes as much as the setting allows.</summary>
    public const long Largest = long.MaxValue;

    /// <summary>The limit of a request.</summary>
    public static long Of(Endpoint? endpoint, long maxBodyBytes) =>
        Math.Min(maxBodyBytes, endpoint?.Metadata.GetMetadata<RouteBodyLimit>()?.Bytes ?? Small);
}

/// <summary>Says how large bodies may be.</summary>
internal static class RouteBodyLimits
{
    /// <summary>Takes bodies of up to so many bytes, and never more than the setting allows.</summary>
    public static RouteHandlerBuilder LimitBody(this RouteHandlerBuilder route, long bytes) => route.WithMetadata(new RouteBodyLimit(bytes));

    /// <summary>Takes bodies as large as the setting allows.</summary>
    public static RouteHandlerBuilder TakeLargeBodies(this RouteHandlerBuilder route) => route.LimitBody(RouteBodyLimit.Largest);
}
