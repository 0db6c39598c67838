using System.Runtime.CompilerServices;
using BusIngest.Api.Failures;

namespace BusIngest.Api.Commands.Failed;

/// <summary>Asks a service for what its consumers gave up on, and has it sent again or dropped.</summary>
/// <param name="url">Where the service is.</param>
/// <param name="apiKey">What to send as X-API-Key; null: nothing.</param>
internal sealed class FailedClient(Uri url, string? apiKey) : ServiceClient(url, apiKey, "failed messages", Patience)
{
    private const string Route = "messages/failed";

    /// <summary>They come with their payloads.</summary>
    private const int PageSize = 200;

    /// <summary>Sending all again may take a while.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The messages, newest first, page by page.</summary>
    /// <param name="type">Only messages of this name; null: all.</param>
    /// <param name="most">No more than these.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CommandException">The service can't be reached, or refuses.</exception>
    public async IAsyncEnumerable<FailedMessageView> ReadAsync(
        string? type, int most = int.MaxValue, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? after = null;
        do
        {
            var route = $"{Route}?limit={Math.Min(most, PageSize)}{Query("&type=", type)}{Query("&after=", after)}";
            var page = await SendAsync(HttpMethod.Get, route, CommandJson.Default.FailedMessagePage, cancellationToken);
            foreach (var message in page.Messages)
                yield return message;
            after = page.Next;
            most -= page.Messages.Count;
        }
        while (after is not null && most > 0);
    }

    /// <summary>Sends one again.</summary>
    /// <exception cref="CommandException">There is none, or the service can't be reached.</exception>
    public Task<RetriedMessages> RetryAsync(Guid id, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"{Route}/{id}/retry", CommandJson.Default.RetriedMessages, cancellationToken);

    /// <summary>Sends all again.</summary>
    /// <exception cref="CommandException">The service can't be reached, or can't send them now.</exception>
    public Task<RetriedMessages> RetryAllAsync(string? type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"{Route}/retry{Query("?type=", type)}", CommandJson.Default.RetriedMessages, cancellationToken);

    /// <summary>Drops one for good.</summary>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="CommandException">The service can't be reached, or refuses.</exception>
    public Task<bool> DropAsync(Guid id, CancellationToken cancellationToken) => TrySendAsync(HttpMethod.Delete, $"{Route}/{id}", cancellationToken);

    private static string Query(string name, string? value) => value is null ? "" : name + Uri.EscapeDataString(value);
}
