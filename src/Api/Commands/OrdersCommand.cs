using System.CommandLine;
using BusIngest.Contracts.Orders;

namespace BusIngest.Api.Commands;

/// <summary>The command `orders`.</summary>
internal static class OrdersCommand
{
    private static readonly Option<int> Quantity = new("--quantity")
    {
        Description = "How many orders",
        DefaultValueFactory = _ => 1_000_000,
    };

    /// <summary>Makes it, with what is below it.</summary>
    public static Command Create() => new("orders", "Runs orders") { Run() };

    private static Command Run()
    {
        Quantity.Validators.Add(result => ServiceOptions.CheckRange(result, 1, OrderRange.MaxOrders));
        var run = new Command("run", "Starts a run of orders and follows it to its end; Ctrl-C ends the following, not the run")
        {
            Quantity, ServiceOptions.Url, ServiceOptions.ApiKey,
        };
        run.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new OrdersClient(parsed.GetRequiredValue(ServiceOptions.Url), parsed.GetValue(ServiceOptions.ApiKey));
            var isPlain = Console.IsOutputRedirected;
            IOrdersProgress progress = isPlain ? new PlainOrdersProgress(Console.Out) : new OrdersProgressBars();
            return await OrdersRun.RunAsync(client, parsed.GetValue(Quantity), progress, Console.Out, Console.Error, cancellationToken);
        });
        return run;
    }
}
