using BusIngest.Support.Programs;
using BusIngest.Support.Timers;

namespace BusIngest.Faults.Timers;

/// <summary>What the tests of timers share: a ledger, a sink that outlives the program, and settings by which retries come soon.</summary>
public abstract class TimerFaultTest : FaultTest, IAsyncLifetime
{
    private WebhookSink? _sink;

    /// <summary>The time that load may take to come about.</summary>
    protected static TimeSpan LoadDeadline => TimeSpan.FromSeconds(60);

    /// <summary>What clients were promised.</summary>
    protected TimerLedger Ledger { get; } = new();

    /// <summary>What is called.</summary>
    protected WebhookSink Sink => _sink!;

    /// <summary>When the program was killed.</summary>
    internal Lives Lives { get; } = new();

    /// <summary>Retries after 1, 1 and 2 s, and after that often enough that nothing ends as Failed.</summary>
    protected static IReadOnlyList<(string Name, string? Value)> Settings { get; } =
    [
        ("WEBHOOKS_ALLOWED_HOSTS", "127.0.0.1"),
        ("WEBHOOKS_SECRET", SignatureCheck.Secret),
        ("Webhooks__RetrySeconds", "1,1,2,2,2,2,2,2"),
        ("Webhooks__TimeoutMs", "3000"),
    ];

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _sink = await WebhookSink.StartAsync(Token);

    /// <summary>Starts the program.</summary>
    protected static Task<ProgramUnderTest> StartAsync(Installation installation) => installation.StartAsync(Token, Settings);

    /// <summary>Kills the program.</summary>
    protected async Task KillAsync(Installation installation)
    {
        await installation.Program.KillAsync();
        Lives.End();
    }

    /// <summary>Sets timers, some dozen at a time, and returns them all.</summary>
    /// <param name="installation">Has a program that is ready.</param>
    /// <param name="count">How many.</param>
    /// <param name="seconds">When each is due.</param>
    /// <param name="url">What it calls, by its name.</param>
    /// <param name="prefix">What its name begins with.</param>
    protected async Task<IReadOnlyList<PostedTimer>> PostAsync(
        Installation installation, int count, Func<int> seconds, Func<string, string> url, string prefix = "set")
    {
        var api = new TimersApi(installation.Api, Ledger);
        var posted = new List<PostedTimer>();
        foreach (var names in Enumerable.Range(1, count).Select(number => $"{prefix}-{number}").Chunk(24))
        {
            var set = await Task.WhenAll(names.Select(name => api.PostAsync(name, seconds(), url(name), Token)));
            posted.AddRange(set.Select(static timer => Assert.IsType<PostedTimer>(timer)));
        }

        return posted;
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_sink is not null)
            await _sink.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
