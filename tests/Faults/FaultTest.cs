using BusIngest.Support;
using BusIngest.Support.Programs;

namespace BusIngest.Faults;

/// <summary>What tests against the published program share. They run one after another, as each wants the machine for itself.</summary>
public abstract class FaultTest : IAsyncDisposable
{
    private readonly List<Installation> _installations = [];

    protected FaultTest()
    {
        Random = Seed.RandomFor(TestContext.Current.Test?.TestDisplayName ?? GetType().Name);
        Log(Seed.Hint);
    }

    /// <summary>The generator as fast as the outbox takes its cars.</summary>
    protected static IReadOnlyList<(string Name, string? Value)> SeederAtFullSpeed { get; } =
        [("SEEDER_ENABLED", "true"), ("CAR_GENERATION_INTERVAL_MS", "0")];

    /// <summary>Ends the test when the runner does.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>This test's draws.</summary>
    protected Random Random { get; }

    /// <summary>Directories to start processes on; cleared away after the test.</summary>
    protected Installation Install(string? dataDirectory = null)
    {
        var installation = new Installation(dataDirectory);
        _installations.Add(installation);
        return installation;
    }

    /// <summary>Waits for a moment that the seed picks.</summary>
    protected async Task RandomMomentAsync(string what, int fromMs, int toMs)
    {
        var moment = TimeSpan.FromMilliseconds(Random.Next(fromMs, toMs + 1));
        Log($"{what} after {moment.TotalMilliseconds} ms");
        await Task.Delay(moment, TimeProvider.System, Token);
    }

    /// <summary>Writes to the test's output.</summary>
    protected static void Log(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        // The last first, as it may run on the directories of an earlier one.
        foreach (var installation in Enumerable.Reverse(_installations))
        {
            if (TestContext.Current.TestState?.Result is TestResult.Failed)
                Log(installation.Outputs());
            await installation.DisposeAsync();
        }
    }
}
