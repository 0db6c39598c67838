namespace BusIngest.Support.Orders;

/// <summary>GET /pedidos/runs/{runId}: what the history says of a run.</summary>
public sealed record OrderRunView(
    Guid RunId,
    string Phase,
    long Quantity,
    long TotalProcessedVIP,
    long TotalProcessedNormal,
    DateTimeOffset? StartVIP,
    DateTimeOffset? EndVIP,
    DateTimeOffset? StartNormal,
    DateTimeOffset? EndNormal);
