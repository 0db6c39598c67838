using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Programs;

namespace BusIngest.Faults;

/// <summary>SIGTERM: work in hand is finished, in time, and nothing is lost.</summary>
public sealed class StopTests : FaultTest
{
    private static readonly TimeSpan LoadDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Should_end_in_time_and_lose_nothing_when_terminated_under_load()
    {
        var installation = Install();
        var acknowledgements = new Acknowledgements();
        await using var client = PostingClient.Start(() => installation.Address, acknowledgements, Random);
        for (var round = 1; round <= 2; round++)
        {
            var program = await installation.StartAsync(Token, SeederAtFullSpeed);
            await acknowledgements.WaitForMoreAsync(1, LoadDeadline, Token);
            await RandomMomentAsync($"Round {round}: terminate", 500, 2_000);

            var exit = await program.TerminateAsync(StopLimit, Token);

            Log($"Ended after {exit.After.TotalMilliseconds:0} ms");
            Assert.True(exit.Code == 0, $"Exit code {exit.Code}:\n{program.Output.Tail(40)}");
        }

        await installation.StartAsync(Token, SeederAtFullSpeed);
        await client.StopAsync();
        await Accounting.VerifyAsync(installation, acknowledgements, Token);
    }

    [Fact]
    public async Task Should_end_at_once_when_terminated_at_rest()
    {
        var program = await Install().StartAsync(Token);

        var exit = await program.TerminateAsync(TimeSpan.FromSeconds(5), Token);

        Assert.Equal(0, exit.Code);
    }

    [Fact]
    public async Task Should_refuse_a_second_process_on_the_same_data()
    {
        var installation = Install();
        var first = await installation.StartAsync(Token);

        await RefusedAsync(installation.DataDirectory);

        Assert.False(first.HasExited);
        Assert.True((await installation.Api.StatsAsync(Token)).AddsUp);
    }

    [Fact]
    public async Task Should_refuse_a_second_process_that_comes_by_another_path()
    {
        var installation = Install();
        await installation.StartAsync(Token);
        using var elsewhere = new TemporaryDirectory();
        var link = Path.Combine(elsewhere.Path, "link");
        Directory.CreateSymbolicLink(link, installation.DataDirectory);

        await RefusedAsync(link);
    }

    [Fact]
    public async Task Should_let_one_of_two_processes_have_the_data_when_both_start_at_once()
    {
        var installation = Install();
        var other = Install(installation.DataDirectory);
        ProgramUnderTest[] both = await Task.WhenAll(installation.LaunchAsync(), other.LaunchAsync());

        await Eventually.HoldsAsync("One ended", _ => Task.FromResult(both.Any(static p => p.HasExited)), StopLimit, Token);
        var winner = Assert.Single(both, static p => !p.HasExited);
        await winner.WaitUntilReadyAsync(Token);

        Assert.False(winner.HasExited);
    }

    private async Task RefusedAsync(string dataDirectory)
    {
        var second = await Install(dataDirectory).LaunchAsync();
        var exit = await second.WaitForExitAsync(StopLimit, Token);
        var complaint = Assert.Single(second.Output.Lines());
        Assert.NotEqual(0, exit.Code);
        Assert.Contains("DATA_DIR", complaint, StringComparison.Ordinal);
        Log(complaint);
    }
}
