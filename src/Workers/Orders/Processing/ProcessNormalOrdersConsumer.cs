using BusIngest.Bus.Copies;
using BusIngest.Bus.Failures;
using BusIngest.Contracts.Orders;

namespace BusIngest.Workers.Orders.Processing;

/// <summary>Processes NORMAL orders.</summary>
internal sealed class ProcessNormalOrdersConsumer(BatchClaims claims, DocumentChanges changes, RetryOptions retry, TimeProvider time)
    : ProcessOrdersConsumer<ProcessNormalOrders>(claims, changes, retry, time);
