using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using BusIngest.Bench.Harness;
using BusIngest.Support.Orders;

namespace BusIngest.Bench.Benchmarks.Orders;

/// <summary>One run of orders in the built program, from its POST to DONE, asked for its status every 10 ms.</summary>
internal static class OrdersRun
{
    /// <summary>As many orders as the targets are for.</summary>
    public const int Quantity = 1_000_000;

    /// <summary>Asked for before the run, so that no figure of the run is a route's first answer.</summary>
    private const int Rehearsals = 50;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    /// <summary>Runs it in a program that has run none.</summary>
    /// <exception cref="BenchException">It is refused, does not end, or its figures are wrong.</exception>
    public static async Task<Measurement> MeasureAsync(ServiceProcess service)
    {
        for (var i = 0; i < Rehearsals; i++)
            await StatusAsync(service);

        var latency = new LatencyHistogram();
        var before = service.Usage();
        await PostAsync(service);
        var status = await DoneAsync(service, before.At, latency);
        var after = service.Usage();
        Check(status);

        var seconds = Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds;
        return new Measurement(
        [
            new("s", seconds),
            new("orders/s", Quantity / seconds),
            new("generated s", (status.GenerationTimeMs ?? 0) / 1000),
            new("CPU s, servers aside", (after.Cpu - before.Cpu).TotalSeconds),
            new("RSS peak MB", service.Process.PeakWorkingSet64 / 1e6),
            .. latency.Figures().Select(figure => figure with { Name = $"GET {figure.Name}" }),
        ]);
    }

    private static async Task PostAsync(ServiceProcess service)
    {
        using var response = await service.Http.PostAsync($"/pedidos/generate?quantity={Quantity}", content: null);
        if (!response.IsSuccessStatusCode)
            throw new BenchException($"The run was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    private static async Task<OrdersStatus> DoneAsync(ServiceProcess service, long started, LatencyHistogram latency)
    {
        using var timer = new PeriodicTimer(Pace, TimeProvider.System);
        while (Stopwatch.GetElapsedTime(started) < Deadline && await timer.WaitForNextTickAsync())
        {
            var asked = Stopwatch.GetTimestamp();
            var status = await StatusAsync(service);
            latency.Add(Stopwatch.GetTimestamp() - asked);
            if (!status.IsUnderWay)
                return status;
        }

        throw new BenchException($"The run is not done after {Deadline.TotalMinutes} min.");
    }

    private static async Task<OrdersStatus> StatusAsync(ServiceProcess service) =>
        (await service.Http.GetFromJsonAsync<OrdersStatus>("/pedidos", JsonSerializerOptions.Web))!;

    private static void Check(OrdersStatus status)
    {
        if (status is not { Phase: "DONE", Counts.Failed: 0, Barrier.Held: true } || status.Counts.Vip + status.Counts.Normal != Quantity)
            throw new BenchException($"The run is wrong: {status}");
    }
}
