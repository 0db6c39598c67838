using BusIngest.Support.Servers;
using BusIngest.Support.Storage;

namespace BusIngest.Browser.Forms;

/// <summary>A process of each role over RabbitMQ, PostgreSQL and Redis.</summary>
public sealed class SpreadForm : DashboardInChromium
{
    private Dictionary<string, string> _settings = [];
    private Cluster? _cluster;
    private PostgresBackDoor? _backDoor;

    /// <inheritdoc />
    public override Uri Address => Cluster.Url(ClusterNames.Api);

    /// <inheritdoc />
    public override IBackDoor BackDoor => _backDoor ??= new PostgresBackDoor(Cluster.DatabaseUrl);

    private Cluster Cluster => _cluster ?? throw new InvalidOperationException("No cluster runs");

    /// <inheritdoc />
    public override async Task<Uri> ServeWithKeysAsync(string keys)
    {
        Cluster.Configure(new Dictionary<string, string>(_settings, StringComparer.Ordinal) { ["AUTH_API_KEYS"] = keys });
        await Cluster.UpAsync(ClusterNames.Api2);
        return Cluster.Url(ClusterNames.Api2);
    }

    /// <inheritdoc />
    public override string Outputs() => string.Join('\n', Cluster.Programs().Select(name => $"--- {name}\n{Cluster.Log(name)}"));

    /// <inheritdoc />
    protected override async Task StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        _settings = new(settings, StringComparer.Ordinal) { ["OUTBOX_LANE"] = "rabbitmq" };
        _cluster = await Cluster.StartAsync(
            _settings, [ClusterNames.RabbitMq, ClusterNames.Postgres, ClusterNames.RedisMaster, .. ClusterNames.Programs]);
    }

    /// <inheritdoc />
    protected override async Task StopAsync()
    {
        if (_backDoor is not null)
            await _backDoor.DisposeAsync();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
