namespace BusIngest.Api.Hosting;

/// <summary>The room that one request's body takes of the budget; a feature of the request. Given back when the request is over.</summary>
/// <param name="budget">That of all bodies.</param>
/// <param name="limit">The largest body that the request may have, in bytes.</param>
internal sealed class BodyLease(BodyBudget budget, long limit) : IDisposable
{
    private long _bytes;

    /// <summary>The largest body that the request may have, in bytes.</summary>
    public long Limit => limit;

    /// <summary>Makes room for so many bytes altogether.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryGrow(long bytes)
    {
        if (bytes <= _bytes)
            return true;
        if (!budget.TryTake(bytes - _bytes))
            return false;

        _bytes = bytes;
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        budget.Return(_bytes);
        _bytes = 0;
    }
}
