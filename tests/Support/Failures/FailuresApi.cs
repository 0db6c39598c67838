using System.Text;
using BusIngest.Support.Cars;

namespace BusIngest.Support.Failures;

/// <summary>The routes of failed messages.</summary>
/// <param name="api">The program's routes.</param>
public sealed class FailuresApi(CarsApi api)
{
    /// <summary>The failed messages, at most 50.</summary>
    public async Task<IReadOnlyList<FailedMessage>> ListAsync(CancellationToken cancellationToken)
    {
        var page = await api.GetAsync("messages/failed", cancellationToken);
        return page.GetProperty("messages").EnumerateArray().Select(FailedMessage.Read).ToList();
    }

    /// <summary>Returns when so many are listed, and gives them.</summary>
    public Task<IReadOnlyList<FailedMessage>> WaitForAsync(int count, CancellationToken cancellationToken) => Eventually.BecomesAsync(
        $"{count} failed messages are listed", ListAsync, list => list.Count == count, TimeSpan.FromSeconds(60), cancellationToken);

    /// <summary>Sends one again.</summary>
    public Task<ApiAnswer> RetryAsync(string id, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Post, $"messages/failed/{id}/retry", null, cancellationToken);

    /// <summary>Sends one again with a body.</summary>
    public async Task<ApiAnswer> RetryAsync(string id, string body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await api.SendAsync(HttpMethod.Post, $"messages/failed/{id}/retry", content, cancellationToken);
    }

    /// <summary>Sends all of a type again.</summary>
    public Task<ApiAnswer> RetryAllAsync(string type, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Post, $"messages/failed/retry?type={Uri.EscapeDataString(type)}", null, cancellationToken);

    /// <summary>Drops one.</summary>
    public Task<ApiAnswer> DeleteAsync(string id, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Delete, $"messages/failed/{id}", null, cancellationToken);
}
