using BusIngest.Api.Orders;

namespace BusIngest.Api.Commands;

/// <summary>Has a service run orders, and asks how the run is.</summary>
/// <param name="url">Where the service is.</param>
/// <param name="apiKey">What to send as X-API-Key; null: nothing.</param>
internal sealed class OrdersClient(Uri url, string? apiKey) : ServiceClient(url, apiKey, "orders")
{
    /// <summary>Starts a run.</summary>
    /// <exception cref="CommandException">The service can't be reached, or refuses.</exception>
    public Task<RunStarted> StartAsync(int quantity, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"pedidos/generate?quantity={quantity}", OrderApiJson.Default.RunStarted, cancellationToken);

    /// <summary>How the last run is.</summary>
    /// <exception cref="CommandException">The service can't be reached, or does not answer with orders.</exception>
    public Task<OrdersStatus> ReadAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, "pedidos", OrderApiJson.Default.OrdersStatus, cancellationToken);
}
