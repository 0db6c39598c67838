using System.CommandLine;
using BusIngest.Contracts.Orders;

namespace BusIngest.Api.Commands;

/// <summary>The command `orders`.</summary>
internal static class OrdersCommand
{
    private const string About = """
        Starts a run of orders and follows it to its end: bars on a terminal, lines elsewhere. Ctrl-C ends the following, not the run.

          BusIngest.Api orders run --quantity 100000
          BusIngest.Api orders run --json                           what GET /pedidos answers, at every phase, every 2 s, and at the end

        Exits with 0 when it is DONE; with 1 when it was refused, aborted, or not followed to its end.
        """;

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
        var run = new Command("run", About)
        {
            Quantity, ServiceOptions.Url, ServiceOptions.ApiKey, ServiceOptions.Json,
        };
        run.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new OrdersClient(parsed.GetRequiredValue(ServiceOptions.Url), parsed.GetValue(ServiceOptions.ApiKey));
            var isJson = parsed.GetValue(ServiceOptions.Json);
            IOrdersProgress progress = isJson ? new JsonOrdersProgress(Console.Out)
                : Console.IsOutputRedirected ? new PlainOrdersProgress(Console.Out)
                : new OrdersProgressBars();
            var text = isJson ? TextWriter.Null : Console.Out;
            return await OrdersRun.RunAsync(client, parsed.GetValue(Quantity), progress, text, Console.Error, cancellationToken);
        });
        return run;
    }
}
