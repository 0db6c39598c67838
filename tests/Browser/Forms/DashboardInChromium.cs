using BusIngest.DataSyncSimulator;
using BusIngest.Support;
using BusIngest.Support.Browsers;
using BusIngest.Support.Cars;
using BusIngest.Support.Storage;
using BusIngest.Support.Timers;

namespace BusIngest.Browser.Forms;

/// <summary>The published program in one of its forms, under load, with the other sides of its webhooks and pulls, and a browser.</summary>
public abstract class DashboardInChromium : IAsyncLifetime
{
    /// <summary>A source that is pulled at once.</summary>
    public const string ShortSource = "short";

    /// <summary>A source that takes minutes.</summary>
    public const string LongSource = "long";

    /// <summary>Events in <see cref="ShortSource"/>.</summary>
    public const int ShortSourceEvents = 1_200;

    private const int PageSize = 100;

    /// <summary>Some hundred requests a second, each so small that a message of several of them can be edited on the page.</summary>
    private static readonly PostingOptions Posting = new() { Connections = 4, MaxCarsPerRequest = 5, MaxPause = TimeSpan.FromMilliseconds(25) };

    private readonly List<IAsyncDisposable> _own = [];
    private Chromium? _chromium;
    private WebhookSink? _webhooks;

    /// <summary>The browser's tab.</summary>
    public Tab Tab => _chromium!.Tab;

    /// <summary>What timers may call.</summary>
    public WebhookSink Webhooks => _webhooks!;

    /// <summary>What the client that posts all the time was promised.</summary>
    public Acknowledgements Acknowledgements { get; } = new();

    /// <summary>The program's routes.</summary>
    public CarsApi Api => new(() => Address);

    /// <summary>Where the program serves.</summary>
    public abstract Uri Address { get; }

    /// <summary>Its database.</summary>
    public abstract IBackDoor BackDoor { get; }

    /// <summary>The address of a page.</summary>
    public Uri Page(string path) => new(Address, path);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _webhooks = Own(await WebhookSink.StartAsync(TestContext.Current.CancellationToken));
        var few = Own(await SimulateAsync(new SimulatorOptions { Total = ShortSourceEvents }));
        var many = Own(await SimulateAsync(new SimulatorOptions { Total = 10_000_000, DelayMs = 50, RateLimit = 100_000 }));
        await StartAsync(Settings(few, many));
        Own(PostingClient.Start(() => Address, Acknowledgements, Seed.RandomFor(GetType().Name), Posting));
        _chromium = Own(await Chromium.StartAsync(TestContext.Current.CancellationToken));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var own in Enumerable.Reverse(_own))
            await own.DisposeAsync();
        await StopAsync();
    }

    /// <summary>Starts another process of the program that asks for a key, and returns where it serves.</summary>
    /// <param name="keys">AUTH_API_KEYS.</param>
    public abstract Task<Uri> ServeWithKeysAsync(string keys);

    /// <summary>The last lines of what its processes printed.</summary>
    public abstract string Outputs();

    /// <summary>Starts the program, with the generator at work, and returns when it is ready.</summary>
    protected abstract Task StartAsync(IReadOnlyDictionary<string, string> settings);

    /// <summary>Ends it.</summary>
    protected abstract Task StopAsync();

    private static Task<Simulator> SimulateAsync(SimulatorOptions options) => Simulator.StartAsync(options with { Port = 0, Seed = Seed.Value }, TimeProvider.System);

    private static Dictionary<string, string> Settings(Simulator few, Simulator many) => new(StringComparer.Ordinal)
    {
        ["SEEDER_ENABLED"] = "true",
        ["CAR_GENERATION_INTERVAL_MS"] = "5",
        ["Retry__Immediate"] = "1",
        ["Retry__SpacedMs"] = "100",
        ["WEBHOOKS_ALLOWED_HOSTS"] = "127.0.0.1",
        ["WEBHOOKS_SECRET"] = SignatureCheck.Secret,
        ["BATCH_SIZE"] = $"{PageSize}",
        [$"Sync__Sources__{ShortSource}__BaseUrl"] = few.Url,
        [$"Sync__Sources__{ShortSource}__ApiKey"] = "demo-key",
        [$"Sync__Sources__{LongSource}__BaseUrl"] = many.Url,
        [$"Sync__Sources__{LongSource}__ApiKey"] = "demo-key",
    };

    private T Own<T>(T disposable)
        where T : IAsyncDisposable
    {
        _own.Add(disposable);
        return disposable;
    }
}
