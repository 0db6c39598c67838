using BusIngest.Support.Cars;

namespace BusIngest.Faults;

/// <summary>A process that stands still for a while, as under a debugger or on an overloaded host.</summary>
public sealed class FreezeTests : FaultTest
{
    private static readonly TimeSpan LoadDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Should_go_on_where_it_was_when_frozen_under_load()
    {
        var installation = Install();
        var acknowledgements = new Acknowledgements();
        var program = await installation.StartAsync(Token, SeederAtFullSpeed);
        await using var client = PostingClient.Start(() => installation.Address, acknowledgements, Random);
        await acknowledgements.WaitForMoreAsync(1, LoadDeadline, Token);
        await RandomMomentAsync("Freeze", 100, 1_000);

        program.Freeze();
        await Task.Delay(Frozen, TimeProvider.System, Token);
        var more = acknowledgements.WaitForMoreAsync(1, LoadDeadline, Token);
        program.Continue();

        await more;
        await client.StopAsync();
        await Accounting.VerifyAsync(installation, acknowledgements, Token);
    }
}
