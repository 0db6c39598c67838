using BusIngest.Api.Timers;

namespace BusIngest.Api.Commands;

/// <summary>Asks a service for its timers.</summary>
/// <param name="options">Which, and where.</param>
internal sealed class TimersClient(WatchOptions options) : ServiceClient(options.Url, options.ApiKey, "timers")
{
    private readonly string _route =
        $"api/v1/timers?limit={options.Limit}{(options.Status is null ? "" : $"&status={Uri.EscapeDataString(options.Status)}")}";

    /// <summary>The newest timers.</summary>
    /// <exception cref="CommandException">The service can't be reached, or does not answer with timers.</exception>
    public Task<TimerPage> ReadAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, _route, TimerApiJson.Default.TimerPage, cancellationToken);
}
