using BusIngest.Bus.Failures;
using BusIngest.Contracts.Orders;

namespace BusIngest.Workers.Orders.Processing;

/// <summary>Processes NORMAL orders.</summary>
internal sealed class ProcessNormalOrdersConsumer(BatchClaims claims, RetryOptions retry) : ProcessOrdersConsumer<ProcessNormalOrders>(claims, retry);
