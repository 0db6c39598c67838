using System.Globalization;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Storage;

namespace BusIngest.Workers.Orders.Recording;

/// <summary>What is written into the orders' log.</summary>
internal static class OrderLog
{
    /// <summary>The levels, as they are kept.</summary>
    public const string Info = "info";

    /// <summary>Something to look into.</summary>
    public const string Warn = "warn";

    /// <summary>Something that stopped a run.</summary>
    public const string Error = "error";

    /// <summary>A run has come to a phase.</summary>
    public static OrderLogLine OfPhase(OrderRunFacts facts, DateTimeOffset now) => new()
    {
        At = now,
        Level = facts.Phase switch
        {
            OrderPhases.Error => Error,
            OrderPhases.Aborted => Warn,
            _ => Info,
        },
        Message = string.Create(
            CultureInfo.InvariantCulture,
            $"Run {facts.RunId}: {facts.Phase}, {facts.Quantity:N0} orders, {(now - facts.CreatedAt).TotalSeconds:0.000} s after its start")
            + (facts.Error is null ? "" : $": {facts.Error}"),
    };

    /// <summary>How far a run is.</summary>
    public static OrderLogLine OfProgress(OrderRun run, int generated, int processed, DateTimeOffset now) => new()
    {
        At = now,
        Level = Info,
        Message = string.Create(
            CultureInfo.InvariantCulture, $"Run {run.Id}: {generated:N0} of {run.Quantity:N0} orders generated, {processed:N0} processed"),
    };

    /// <summary>Orders were given up.</summary>
    public static OrderLogLine OfFailure(ClaimedBatch claimed, BatchResult result) => new()
    {
        At = claimed.ProcessedAt,
        Level = Warn,
        Message = string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Failed:N0} of {claimed.Batch.Size:N0} {claimed.Batch.Priority} orders of batch {claimed.Batch.First} failed at every try: {result.Error}"),
    };
}
