using System.Net.Mime;
using System.Text;

namespace BusIngest.Support.Operating;

/// <summary>All that a program answers, and what else is added, to be searched for what nobody may see. Its methods may be called at once.</summary>
/// <param name="http">A client of the program.</param>
/// <param name="keys">Who asks: each request is sent with one of them after the other.</param>
public sealed class SeenAnswers(HttpClient http, params IReadOnlyList<string> keys)
{
    private const int AtOnce = 8;
    private const int MaxEventBytes = 1 << 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EventDeadline = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    /// <summary>All that was seen.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
                return _text.ToString();
        }
    }

    /// <summary>Adds what was seen elsewhere.</summary>
    public void Add(string text)
    {
        lock (_gate)
            _text.AppendLine(text);
    }

    /// <summary>Adds the files of a folder.</summary>
    public async Task AddFilesAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.GetFiles(folder))
            Add(await File.ReadAllTextAsync(file, cancellationToken));
    }

    /// <summary>Asks, and adds the answers with their headers.</summary>
    /// <param name="method">GET, POST and so on.</param>
    /// <param name="path">The route.</param>
    /// <param name="body">JSON; null: none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the first key was answered; of a stream, what came first.</returns>
    public async Task<string> AskAsync(string method, string path, string? body, CancellationToken cancellationToken)
    {
        string? first = null;
        foreach (var key in keys)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("X-API-Key", key);
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json);
            using var response = await SendAsync(request, cancellationToken);
            var text = await ReadAsync(response.Content, cancellationToken);
            Add($"{response}\n{text}");
            first ??= text;
        }

        return first ?? throw new InvalidOperationException("Nobody asks");
    }

    /// <summary>Asks every one of the routes, several at once, without a body.</summary>
    public Task AskAllAsync(IEnumerable<MappedRoute> routes, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        routes,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (route, token) => await AskAsync(route.Method, route.Path, null, token));

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Deadline, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.Method} {request.RequestUri} is not answered", exception);
        }
    }

    /// <summary>Streams never end: what they begin with is enough, if they begin at all.</summary>
    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentType?.MediaType is not MediaTypeNames.Text.EventStream)
            return await content.ReadAsStringAsync(cancellationToken);

        using var limit = new CancellationTokenSource(EventDeadline, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var buffer = new byte[MaxEventBytes];
        try
        {
            await using var stream = await content.ReadAsStreamAsync(either.Token);
            return Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer, either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "";
        }
    }
}
