using BusIngest.Support;
using BusIngest.Support.Orders;
using BusIngest.Support.Programs;

namespace BusIngest.Faults.Orders;

/// <summary>What the tests of orders share: a program that works a run off in pieces so small that each phase takes its time.</summary>
public abstract class OrderFaultTest : FaultTest
{
    /// <summary>Orders of a run: 200 chunks, and as many VIP batches, and some 950 NORMAL ones.</summary>
    protected const int Quantity = 20_000;

    /// <summary>The phases in which a run stays for a while.</summary>
    protected static IReadOnlyList<string> LongPhases { get; } = ["GENERATING", "WAITING_VIP_DRAIN", "WAITING_NORMAL_DRAIN"];

    /// <summary>Small pieces.</summary>
    protected static IReadOnlyList<(string Name, string? Value)> SmallPieces { get; } =
        [("GENERATION_CHUNK_SIZE", "100"), ("NORMAL_ENQUEUE_BATCH_SIZE", "20")];

    /// <summary>The time that a phase may take to come about.</summary>
    protected static TimeSpan PhaseDeadline => TimeSpan.FromSeconds(60);

    /// <summary>The orders' routes of an installation.</summary>
    protected static OrdersApi Api(Installation installation) => new(installation.Api);

    /// <summary>The orders' rows of an installation.</summary>
    protected static StoredOrders Stored(Installation installation) => new(installation.DataDirectory);

    /// <summary>Starts the program for the first time, and has the database note what is processed.</summary>
    protected async Task<Installation> StartAsync(params IEnumerable<(string Name, string? Value)> settings)
    {
        var installation = Install();
        await installation.StartAsync(Token, settings);
        await Stored(installation).NoteAsync(Token);
        return installation;
    }

    /// <summary>SIGKILL, and starts the program again.</summary>
    protected static async Task KillAndStartAsync(Installation installation, params IEnumerable<(string Name, string? Value)> settings)
    {
        await installation.Program.KillAsync();
        await installation.StartAsync(Token, settings);
    }

    /// <summary>Returns when a run has come to a phase, or is over already.</summary>
    protected static async Task<OrdersStatus> InPhaseAsync(Installation installation, string phase)
    {
        var status = await Eventually.BecomesAsync(
            $"The run is in {phase}",
            Api(installation).StatusAsync,
            status => !status.IsUnderWay || string.Equals(status.Phase, phase, StringComparison.Ordinal),
            PhaseDeadline,
            Token);
        Log($"In {status.Phase}, {status.Progress}");
        return status;
    }

    /// <summary>
    /// Brings a run to a phase. Before the barrier it comes to stand still, as VIP orders are processed as fast as they are generated: the
    /// queue is paused at once, and resumed when the phase is reached.
    /// </summary>
    protected static async Task<Guid> StartRunAsync(Installation installation, string phase)
    {
        var api = Api(installation);
        var runId = await api.GenerateAsync(Quantity, Token);
        var isHeld = phase is "WAITING_VIP_DRAIN";
        if (isHeld)
            await api.PauseAsync(Token);
        Assert.Equal(phase, (await InPhaseAsync(installation, phase)).Phase);
        if (isHeld)
            await api.ResumeAsync(Token);
        return runId;
    }

    /// <summary>Waits for the end of a run, and checks all of it.</summary>
    protected static Task VerifyAsync(Installation installation, Guid runId, int quantity = Quantity) =>
        new OrderAccounting(installation.Api, Stored(installation)).VerifyDoneAsync(runId, quantity, Token);
}
