using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace BusIngest.Support.Servers;

/// <summary>The broker's management API.</summary>
/// <param name="address">With user and password, as <see cref="Cluster.RabbitMqManagement"/> gives it.</param>
public sealed class RabbitMqManagement(Uri address) : IDisposable
{
    private readonly HttpClient _http = Client(address);

    /// <summary>Makes a virtual host.</summary>
    public async Task CreateVhostAsync(string name, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Put, $"api/vhosts/{Uri.EscapeDataString(name)}", null, cancellationToken);

    /// <summary>Removes a virtual host with all that is in it, and closes its connections.</summary>
    public async Task DeleteVhostAsync(string name, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Delete, $"api/vhosts/{Uri.EscapeDataString(name)}", null, cancellationToken);

    /// <summary>The names of its queues.</summary>
    public async Task<IReadOnlyList<string>> QueuesAsync(string vhost, CancellationToken cancellationToken)
    {
        var queues = await _http.GetFromJsonAsync<JsonElement>($"api/queues/{Uri.EscapeDataString(vhost)}", cancellationToken);
        return [.. queues.EnumerateArray().Select(static q => q.GetProperty("name").GetString()!)];
    }

    /// <summary>The names of the queues that go with their connection, or with the broker.</summary>
    public async Task<IReadOnlyList<string>> TransientQueuesAsync(string vhost, CancellationToken cancellationToken)
    {
        var queues = await _http.GetFromJsonAsync<JsonElement>($"api/queues/{Uri.EscapeDataString(vhost)}", cancellationToken);
        return [.. queues.EnumerateArray()
            .Where(static q => !q.GetProperty("durable").GetBoolean() || q.GetProperty("auto_delete").GetBoolean() || q.GetProperty("exclusive").GetBoolean())
            .Select(static q => q.GetProperty("name").GetString()!)];
    }

    /// <summary>The names that its clients gave their connections.</summary>
    public async Task<IReadOnlyList<string>> ConnectionsAsync(string vhost, CancellationToken cancellationToken)
    {
        var connections = await _http.GetFromJsonAsync<JsonElement>($"api/vhosts/{Uri.EscapeDataString(vhost)}/connections", cancellationToken);
        return [.. connections.EnumerateArray().Select(static c => c.GetProperty("user_provided_name").GetString()!)];
    }

    /// <summary>Any request with a JSON body or none; fails unless it succeeds.</summary>
    public async Task SendAsync(HttpMethod method, string route, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, route);
        request.Content = body is null ? new StringContent("", Encoding.UTF8, "application/json") : JsonContent.Create(body);
        using var answer = await _http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static HttpClient Client(Uri address)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(address.UserInfo));
        return new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri(address.GetLeftPart(UriPartial.Authority).Replace($"{address.UserInfo}@", "", StringComparison.Ordinal)),
            Timeout = TimeSpan.FromSeconds(30),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", credentials) },
        };
    }
}
