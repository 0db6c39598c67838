using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using BusIngest.Specs.Processes;
using BusIngest.Workers.Cars;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Specs.Cars;

/// <summary>What a process has stored, read from its file.</summary>
internal static class StoredRows
{
    /// <summary>Ids of stored cars in the order of storing.</summary>
    public static List<Guid> StoredIds(this BusProcess process)
    {
        using var context = process.Get<CarsContext>();
        return [.. context.Cars.OrderBy(car => car.Seq).Select(car => car.Id)];
    }

    /// <summary>The ledger's row.</summary>
    public static (long Stored, long Known, long Redelivered) Ledger(this BusProcess process)
    {
        using var context = process.Get<CarsContext>();
        var row = context.Set<CarLedger>().Single();
        return (row.Stored, row.Known, row.Redelivered);
    }

    /// <summary>Failed messages in the order of failing.</summary>
    public static List<FailedMessage> Failures(this BusProcess process)
    {
        using var context = process.Get<DeliveryContext>();
        return [.. context.FailedMessages.AsNoTracking().OrderBy(failed => failed.Seq)];
    }
}
