namespace BusIngest.Support.Servers;

/// <summary>A user of one test on a shared RabbitMQ, with a password of its own.</summary>
public sealed class BrokerUser : IAsyncDisposable
{
    private readonly RabbitMqManagement _management;
    private readonly string _name = $"user-{Guid.NewGuid():N}";
    private readonly string _password;
    private readonly string _vhost;

    private BrokerUser(Uri management, string vhost, string password)
    {
        _management = new RabbitMqManagement(management);
        _vhost = vhost;
        _password = password;
    }

    /// <summary>Makes one that may do everything in a virtual host.</summary>
    /// <param name="management">The broker's management API.</param>
    /// <param name="vhost">The virtual host.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<BrokerUser> CreateAsync(Uri management, string vhost, string password, CancellationToken cancellationToken)
    {
        var user = new BrokerUser(management, vhost, password);
        await user._management.SendAsync(HttpMethod.Put, $"api/users/{user._name}", new { password, tags = "administrator" }, cancellationToken);
        await user.PermitAsync(".*", cancellationToken);
        return user;
    }

    /// <summary>A broker's URL with this user.</summary>
    public string In(string brokerUrl) => new UriBuilder(brokerUrl) { UserName = _name, Password = _password }.Uri.ToString();

    /// <summary>Lets it do nothing any more.</summary>
    public Task LockOutAsync(CancellationToken cancellationToken) => PermitAsync("^$", cancellationToken);

    /// <summary>Lets it publish and consume, and declare nothing.</summary>
    public Task ForbidDeclaringAsync(CancellationToken cancellationToken) => PermitAsync("^$", ".*", cancellationToken);

    /// <summary>Lets it do everything again.</summary>
    public Task PermitAsync(CancellationToken cancellationToken) => PermitAsync(".*", cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _management.SendAsync(HttpMethod.Delete, $"api/users/{_name}", null, CancellationToken.None);
        _management.Dispose();
    }

    private Task PermitAsync(string what, CancellationToken cancellationToken) => PermitAsync(what, what, cancellationToken);

    private Task PermitAsync(string configure, string use, CancellationToken cancellationToken) => _management.SendAsync(
        HttpMethod.Put, $"api/permissions/{_vhost}/{_name}", new { configure, write = use, read = use }, cancellationToken);
}
