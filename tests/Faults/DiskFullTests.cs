using System.Net;
using BusIngest.Support.Cars;
using BusIngest.Support.Programs;
using BusIngest.Support.Storage;

namespace BusIngest.Faults;

/// <summary>DATA_DIR on a disk that fills up: refused, never lost, and well again by itself once there is room.</summary>
public sealed class DiskFullTests : FaultTest
{
    private const int Megabytes = 24;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    // A consumer that counted a full disk as a failure of its message would have given up by then.
    private static readonly TimeSpan LongerThanAllTries = TimeSpan.FromSeconds(12);
    private static readonly PostingOptions Gently = new() { Connections = 4, MaxCarsPerRequest = 10, MaxPause = TimeSpan.FromMilliseconds(50) };
    private static readonly PostingOptions Hard = new() { MaxCarsPerRequest = 1_000, MaxPause = TimeSpan.Zero };
    private readonly Acknowledgements _acknowledgements = new();
    private readonly SmallDisk _disk = new(Megabytes);

    [Fact]
    public async Task Should_refuse_while_there_is_no_room_and_go_on_when_there_is()
    {
        var installation = Install(Path.Combine(_disk.Path, "data"));
        var program = await installation.StartAsync(Token, ("SEEDER_ENABLED", "true"));
        await using var client = PostingClient.Start(() => installation.Address, _acknowledgements, Random, Gently);
        await _acknowledgements.WaitForMoreAsync(200, Deadline, Token);

        await RefuseUntilFullAsync();
        await Task.Delay(LongerThanAllTries, TimeProvider.System, Token);
        Assert.False(program.HasExited);
        Assert.Equal(HttpStatusCode.OK, await installation.Api.StatusAsync("health/live", Token));
        Assert.Equal(HttpStatusCode.OK, await installation.Api.StatusAsync("cars?limit=10", Token));
        Assert.True((await installation.Api.StatsAsync(Token)) is { AddsUp: true, Lost: 0 });

        _disk.Empty();
        await _acknowledgements.WaitForMoreAsync(200, Deadline, Token);
        await client.StopAsync();
        Assert.False(program.HasExited);
        await Accounting.VerifyAsync(installation, _acknowledgements, Token);
    }

    [Fact]
    public async Task Should_lose_nothing_when_killed_and_started_again_while_there_is_no_room()
    {
        var installation = Install(Path.Combine(_disk.Path, "data"));
        await installation.StartAsync(Token, ("SEEDER_ENABLED", "true"));
        await using var client = PostingClient.Start(() => installation.Address, _acknowledgements, Random, Gently);
        await _acknowledgements.WaitForMoreAsync(200, Deadline, Token);
        await RefuseUntilFullAsync();

        await installation.Program.KillAsync();
        Log($"Started without room: {await StartWithoutRoomAsync(installation)}");
        _disk.Empty();
        if (installation.Program.HasExited)
            await installation.StartAsync(Token, ("SEEDER_ENABLED", "true"));

        await _acknowledgements.WaitForMoreAsync(200, Deadline, Token);
        await client.StopAsync();
        await Accounting.VerifyAsync(installation, _acknowledgements, Token);
    }

    [Fact]
    public async Task Should_lose_nothing_when_terminated_while_there_is_no_room()
    {
        var installation = Install(Path.Combine(_disk.Path, "data"));
        var program = await installation.StartAsync(Token, ("SEEDER_ENABLED", "true"));
        await using var client = PostingClient.Start(() => installation.Address, _acknowledgements, Random, Gently);
        await _acknowledgements.WaitForMoreAsync(200, Deadline, Token);
        await RefuseUntilFullAsync();

        var exit = await program.TerminateAsync(TimeSpan.FromSeconds(10), Token);

        Assert.Equal(0, exit.Code);
        _disk.Empty();
        await installation.StartAsync(Token, ("SEEDER_ENABLED", "true"));
        await client.StopAsync();
        await Accounting.VerifyAsync(installation, _acknowledgements, Token);
    }

    [Fact]
    public async Task Should_store_all_when_posted_full_and_the_disk_grows()
    {
        var installation = Install(Path.Combine(_disk.Path, "data"));
        var program = await installation.StartAsync(Token);
        await using (var greedy = PostingClient.Start(() => installation.Address, _acknowledgements, Random, Hard))
        {
            await _acknowledgements.WaitForRefusalsAsync(20, Deadline, Token);
        }

        Assert.False(program.HasExited);
        Assert.Equal(HttpStatusCode.OK, await installation.Api.StatusAsync("health/live", Token));

        _disk.Resize(Megabytes * 16);
        await using var client = PostingClient.Start(() => installation.Address, _acknowledgements, Random, Gently);
        await _acknowledgements.WaitForMoreAsync(200, Deadline, Token);
        await client.StopAsync();
        await Accounting.VerifyAsync(installation, _acknowledgements, Token);
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _disk.Dispose();
        GC.SuppressFinalize(this);
    }

    // It may end with a complaint, wait for room, or serve what it can.
    private static async Task<string> StartWithoutRoomAsync(Installation installation)
    {
        var program = await installation.LaunchAsync(("SEEDER_ENABLED", "true"));
        try
        {
            return $"ready after {await program.WaitUntilReadyAsync(TimeSpan.FromSeconds(10), Token)}";
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            return e.Message;
        }
    }

    private async Task RefuseUntilFullAsync()
    {
        _disk.FillExcept(0);
        await _acknowledgements.WaitForRefusalsAsync(50, Deadline, Token);
    }
}
