using BusIngest.Api.Orders;

namespace BusIngest.Api.Commands;

/// <summary>Shows how a run of orders goes.</summary>
internal interface IOrdersProgress
{
    /// <summary>Shows each status as it comes.</summary>
    /// <param name="statuses">To their end.</param>
    /// <returns>The last one.</returns>
    Task<OrdersStatus> ShowAsync(IAsyncEnumerable<OrdersStatus> statuses);
}
