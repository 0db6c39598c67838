using BusIngest.Api.Orders;
using Spectre.Console;

namespace BusIngest.Api.Commands;

/// <summary>Shows a run as three bars on a terminal.</summary>
internal sealed class OrdersProgressBars : IOrdersProgress
{
    /// <summary>About how many of the orders are VIP, until it is known.</summary>
    private const double VipShare = 0.05;

    public Task<OrdersStatus> ShowAsync(IAsyncEnumerable<OrdersStatus> statuses) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(async progress =>
        {
            var (generated, vip, normal) = (progress.AddTask("Generated"), progress.AddTask("VIP"), progress.AddTask("NORMAL"));
            OrdersStatus? last = null;
            await foreach (var status in statuses)
            {
                last = status;
                Set(generated, status.Progress.Generated, status.Progress.Target);
                var vips = status.Processing.Vip.End is null
                    ? Math.Max(status.Progress.Target * VipShare, status.Counts.Vip + 1)
                    : status.Counts.Vip;
                Set(vip, status.Counts.Vip, vips);
                Set(normal, status.Counts.Normal, status.Progress.Target - vips);
            }

            return last ?? throw new InvalidOperationException("A run has at least one status");
        });

    private static void Set(ProgressTask task, double value, double most) => (task.MaxValue, task.Value) = (Math.Max(1, most), most < 1 ? 1 : value);
}
