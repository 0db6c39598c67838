using System.Text.Json;
using BusIngest.Api.Commands;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Orders.Api;

/// <summary>The command `orders run`.</summary>
public sealed class OrdersRunSpecs : OrdersService
{
    [Fact]
    public async Task Should_follow_a_run_to_its_end_and_sum_it_up()
    {
        var service = await StartAsync();

        var (code, text, errors) = await RunAsync(service, Token);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("DONE: 20,000 of 20,000 generated", text, StringComparison.Ordinal);
        Assert.Contains("Orders/s", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_write_each_status_as_a_line_of_json_for_programs()
    {
        var service = await StartAsync();
        await using var text = new StringWriter();
        await using var errors = new StringWriter();
        using var client = new OrdersClient(service.Address, null);

        var code = await OrdersRun.RunAsync(client, 2_000, new JsonOrdersProgress(text), TextWriter.Null, errors, Token);

        Assert.Equal((0, ""), (code, errors.ToString()));
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal(("DONE", 2_000), (lines[^1].GetProperty("phase").GetString(), lines[^1].GetProperty("progress").GetProperty("processedTotal").GetInt32()));
        Assert.Single(lines.Select(line => line.GetProperty("lastRunId").GetGuid()).Distinct());
    }

    [Fact]
    public async Task Should_say_in_one_line_that_another_run_is_under_way()
    {
        var service = await StartAsync();
        await service.PostPedidosAsync("/queue/pause");
        var run = await service.RunOrdersAsync(1_000);

        var (code, _, errors) = await RunAsync(service, Token);

        Assert.Equal(CommandException.ExitCode, code);
        Assert.Contains($"{run}", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_the_run_goes_on_when_it_is_interrupted()
    {
        var service = await StartAsync();
        await service.PostPedidosAsync("/queue/pause");
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var running = RunAsync(service, interrupt.Token);
        await PhaseAsync(service, "WAITING_VIP_DRAIN");
        await interrupt.CancelAsync();
        var (code, text, errors) = await running;

        Assert.Equal((CommandException.ExitCode, ""), (code, errors));
        Assert.Contains("goes on", text, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Text, string Errors)> RunAsync(RunningService service, CancellationToken cancellationToken)
    {
        await using var text = new StringWriter();
        await using var errors = new StringWriter();
        using var client = new OrdersClient(service.Address, null);
        var code = await OrdersRun.RunAsync(client, 20_000, new PlainOrdersProgress(text), text, errors, cancellationToken);
        return (code, text.ToString(), errors.ToString());
    }
}
