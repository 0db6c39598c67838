namespace BusIngest.Api.Commands.Events;

/// <summary>What `load-events` is asked to do.</summary>
/// <param name="Url">Where the service is.</param>
/// <param name="ApiKey">What to send as X-API-Key; null: nothing.</param>
/// <param name="Events">How many different events, at least 1.</param>
/// <param name="Rate">How many events a second, repeats included; 0: as many as it takes.</param>
/// <param name="Connections">How many requests at once.</param>
/// <param name="Batch">How many events a request, repeats included.</param>
/// <param name="Duplicates">Which share of what is sent is a repeat of an event.</param>
internal sealed record LoadOptions(Uri Url, string? ApiKey, int Events, int Rate, int Connections, int Batch, double Duplicates)
{
    /// <summary>How long a request is tried again that is refused for now, or whose outcome is not known.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
