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

    private static readonly Option<int> Quantity =
        CommandOptions.Whole("--quantity", $"How many orders, 1-{OrderRange.MaxOrders}", 1_000_000, 1, OrderRange.MaxOrders);

    /// <summary>Makes it, with what is below it.</summary>
    public static Command Create() => new("orders", "Runs orders") { Run() };

    private static Command Run()
    {
        var run = new Command("run", About)
        {
            Quantity, ServiceOptions.Url, ServiceOptions.ApiKey, ServiceOptions.ApiKeyFile, ServiceOptions.Json,
        };
        run.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new OrdersClient(ServiceOptions.Address(parsed), ServiceOptions.Key(parsed));
            var console = CommandConsole.Of(parsed);
            IOrdersProgress progress = console.IsJson ? new JsonOrdersProgress(console.Text)
                : console.IsTerminal ? new OrdersProgressBars()
                : new PlainOrdersProgress(console.Text);
            return await OrdersRun.RunAsync(client, parsed.GetValue(Quantity), progress, console, cancellationToken);
        });
        return run;
    }
}
