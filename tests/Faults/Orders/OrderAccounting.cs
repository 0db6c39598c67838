using BusIngest.Support;
using BusIngest.Support.Failures;
using BusIngest.Support.Cars;
using BusIngest.Support.Orders;

namespace BusIngest.Faults.Orders;

/// <summary>Holds what a run of orders promises against the rows in the database, and what clients are shown against both.</summary>
/// <param name="cars">The program's routes.</param>
/// <param name="stored">The rows.</param>
internal sealed class OrderAccounting(CarsApi cars, IStoredOrders stored)
{
    private static readonly TimeSpan DoneDeadline = TimeSpan.FromMinutes(2);

    // The history is written after the run's saga has decided.
    private static readonly TimeSpan AgreementDeadline = TimeSpan.FromSeconds(15);

    private readonly OrdersApi _api = new(cars);

    /// <summary>Waits for the end of a run that goes on by itself, and checks rows and figures.</summary>
    public async Task VerifyDoneAsync(Guid runId, int quantity, CancellationToken cancellationToken)
    {
        var ended = await Eventually.BecomesAsync("The run ends", _api.StatusAsync, static status => !status.IsUnderWay, DoneDeadline, cancellationToken);
        Assert.Equal((runId, "DONE"), (ended.LastRunId, ended.Phase));

        var rows = await stored.ReadAsync(runId, cancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"{rows}");
        var discrepancies = Rows(rows, quantity).ToList();
        Assert.True(discrepancies.Count == 0, string.Join('\n', discrepancies));
        Assert.Empty(await new FailuresApi(cars).ListAsync(cancellationToken));

        await ShownAsync("The status agrees with the rows", _api.StatusAsync, status => Status(status, runId, rows, quantity), cancellationToken);
        await ShownAsync("The history agrees with the rows", token => _api.RunAsync(runId, token), run => History(run, rows, quantity), cancellationToken);
    }

    private static IEnumerable<string> Rows(OrderRows rows, int quantity)
    {
        if (rows.Orders != quantity || rows.Ids != quantity)
            yield return $"{rows.Orders} orders with {rows.Ids} ids are stored, not {quantity}";
        if (rows.Processed != quantity || rows.Failed != 0 || rows.Counted != quantity)
            yield return $"{rows.Processed} orders are processed, {rows.Failed} failed, and batches count {rows.Counted}";
        if (rows.Noted != quantity || rows.NotedOrders != quantity)
            yield return $"{rows.NotedOrders} orders became processed {rows.Noted} times";
        if (rows.Misfits != 0)
            yield return $"{rows.Misfits} orders are not of a piece";
        if (rows.OpenBatches != 0)
            yield return $"{rows.OpenBatches} batches are not settled";
        if (!(rows.LastVip < rows.FirstNormal))
            yield return $"The last VIP order is of {rows.LastVip:O}, the first NORMAL one of {rows.FirstNormal:O}";
    }

    private static IEnumerable<string> Status(OrdersStatus status, Guid runId, OrderRows rows, int quantity)
    {
        if (status.LastRunId != runId || status.Phase is not "DONE")
            yield return $"{status.LastRunId} is {status.Phase}";
        if (status.Counts != new OrdersCounts(rows.ProcessedVip, rows.ProcessedNormal, 0))
            yield return $"{status.Counts}";
        if (status.Progress != new OrdersProgress(quantity, quantity, quantity))
            yield return $"{status.Progress}";
        if (status.Processing.Vip is var vip && (vip.Count != rows.ProcessedVip || vip.End != rows.LastVip || !(vip.Start <= vip.End)))
            yield return $"VIP: {vip}";
        if (status.Processing.Normal is var normal
            && (normal.Count != rows.ProcessedNormal || normal.End != rows.LastNormal || !(normal.Start <= rows.FirstNormal)))
            yield return $"NORMAL: {normal}";
        if (status.Barrier is not { Held: true } barrier || barrier.LastVipProcessedAt != rows.LastVip || !(barrier.FirstNormalStartedAt > rows.LastVip))
            yield return $"{status.Barrier}";
    }

    private static IEnumerable<string> History(OrderRunView run, OrderRows rows, int quantity)
    {
        if (run.Phase is not "DONE" || run.Quantity != quantity
            || run.TotalProcessedVIP != rows.ProcessedVip || run.TotalProcessedNormal != rows.ProcessedNormal)
            yield return $"{run}";
        if (run.EndVIP != rows.LastVip || run.EndNormal != rows.LastNormal || !(run.StartNormal > run.EndVIP))
            yield return $"{run}";
    }

    private static async Task ShownAsync<T>(
        string what, Func<CancellationToken, Task<T>> probe, Func<T, IEnumerable<string>> check, CancellationToken cancellationToken) =>
        await Eventually.BecomesAsync(
            what, async token => string.Join('\n', check(await probe(token))), static wrong => wrong.Length == 0, AgreementDeadline, cancellationToken);
}
