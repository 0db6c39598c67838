using BusIngest.Bus.Copies;
using BusIngest.Bus.Failures;
using BusIngest.Contracts.Orders;

namespace BusIngest.Workers.Orders.Processing;

/// <summary>Processes VIP orders.</summary>
internal sealed class ProcessVipOrdersConsumer(BatchClaims claims, DocumentChanges changes, RetryOptions retry, TimeProvider time)
    : ProcessOrdersConsumer<ProcessVipOrders>(claims, changes, retry, time);
