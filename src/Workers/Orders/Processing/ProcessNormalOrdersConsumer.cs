using BusIngest.Bus.Failures;
using BusIngest.Contracts.Orders;

namespace BusIngest.Workers.Orders.Processing;

/// <summary>Processes NORMAL orders.</summary>
internal sealed class ProcessNormalOrdersConsumer(BatchClaims claims, RetryOptions retry, TimeProvider time)
    : ProcessOrdersConsumer<ProcessNormalOrders>(claims, retry, time);
