namespace BusIngest.Api.Commands.Bench;

/// <summary>What `bench` is asked to do.</summary>
/// <param name="Url">Where the service is.</param>
/// <param name="ApiKey">What to send as X-API-Key; null: nothing.</param>
/// <param name="Connections">How many requests at once.</param>
/// <param name="Duration">For how long.</param>
/// <param name="Batch">How many records a request has.</param>
internal sealed record BenchOptions(Uri Url, string? ApiKey, int Connections, TimeSpan Duration, int Batch)
{
    /// <summary>How many records a second; 0: as many as it takes.</summary>
    public int Rate { get; init; }

    /// <summary>How long, after the end, a request is sent again of which nobody knows what came, and then how long what is stored is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
