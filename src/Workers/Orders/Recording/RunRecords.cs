using BusIngest.Bus.Delivery;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;

namespace BusIngest.Workers.Orders.Recording;

/// <summary>What consumers record of a run in their transactions, whichever database it is.</summary>
internal static class RunRecords
{
    /// <summary>Sums up the batches of a run in its history.</summary>
    public static void CountRun(this ConsumerTransaction transaction, long run) =>
        transaction.Write(1, session => session.CountRun(run), batch => batch.CountRun(run));

    /// <summary>Records how far a run is, with what its batches come to.</summary>
    public static void Record(this ConsumerTransaction transaction, OrderRunFacts facts)
    {
        transaction.Write(1, session => session.Record(facts), batch => batch.Record(facts));
        transaction.CountRun(facts.Run);
    }

    /// <summary>Adds a line to the log.</summary>
    public static void Log(this ConsumerTransaction transaction, OrderLogLine line) =>
        transaction.Write(1, session => session.Log(line), batch => batch.Log(line));

    /// <summary>Keeps the log to its newest lines.</summary>
    public static void TrimLog(this ConsumerTransaction transaction) =>
        transaction.Write(1, session => session.TrimLog(), batch => batch.TrimLog());
}
