using BusIngest.Api.Commands;
using BusIngest.Specs.Commands;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Orders.Api;

/// <summary>The command `orders run`.</summary>
public sealed class OrdersRunSpecs : OrdersService
{
    [Fact]
    public async Task Should_follow_a_run_to_its_end_and_sum_it_up()
    {
        var service = await StartAsync();

        using var people = new CommandRecorder();

        var code = await RunAsync(service, 20_000, people, Token);

        Assert.Equal((0, ""), (code, people.Errors));
        Assert.Contains("DONE: 20,000 of 20,000 generated", people.Text, StringComparison.Ordinal);
        Assert.Contains("Orders/s", people.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_write_each_status_as_a_line_of_json_for_programs()
    {
        var service = await StartAsync();
        using var program = new CommandRecorder(isJson: true);

        var code = await RunAsync(service, 2_000, program, Token);

        Assert.Equal((0, ""), (code, program.Errors));
        var lines = program.Lines();
        Assert.Equal(("DONE", 2_000), (lines[^1].GetProperty("phase").GetString(), lines[^1].GetProperty("progress").GetProperty("processedTotal").GetInt32()));
        Assert.Single(lines.Select(line => line.GetProperty("lastRunId").GetGuid()).Distinct());
    }

    [Fact]
    public async Task Should_say_in_one_line_that_another_run_is_under_way()
    {
        var service = await StartAsync();
        await service.PostPedidosAsync("/queue/pause");
        var run = await service.RunOrdersAsync(1_000);

        using var people = new CommandRecorder();
        var code = await RunAsync(service, 20_000, people, Token);

        Assert.Equal(CommandException.ExitCode, code);
        Assert.Contains($"{run}", Assert.Single(people.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_say_that_the_run_goes_on_when_it_is_interrupted(bool isJson)
    {
        var service = await StartAsync();
        await service.PostPedidosAsync("/queue/pause");
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var recorder = new CommandRecorder(isJson: isJson);

        var running = RunAsync(service, 20_000, recorder, interrupt.Token);
        await PhaseAsync(service, "WAITING_VIP_DRAIN");
        await interrupt.CancelAsync();

        Assert.Equal(CommandException.ExitCode, await running);
        Assert.Contains("goes on", Assert.Single(recorder.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        if (isJson)
            Assert.NotEmpty(recorder.Lines());
    }

    private static async Task<int> RunAsync(RunningService service, int quantity, CommandRecorder recorder, CancellationToken cancellationToken)
    {
        using var client = new OrdersClient(service.Address, null);
        var console = recorder.Console;
        IOrdersProgress progress = console.IsJson ? new JsonOrdersProgress(console.Text) : new PlainOrdersProgress(console.Text);
        return await OrdersRun.RunAsync(client, quantity, progress, console, cancellationToken);
    }
}
