using System.Net;
using System.Text.Json;
using BusIngest.Api.Hosting;
using BusIngest.Api.Timers;

namespace BusIngest.Api.Commands;

/// <summary>Asks a service for its timers.</summary>
internal sealed class TimersClient : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Deadline };
    private readonly WatchOptions _options;
    private readonly Uri _timers;

    /// <summary>Asks nothing yet.</summary>
    public TimersClient(WatchOptions options)
    {
        _options = options;
        var status = options.Status is null ? "" : $"&status={Uri.EscapeDataString(options.Status)}";
        _timers = new Uri($"{options.Url.AbsoluteUri.TrimEnd('/')}/api/v1/timers?limit={options.Limit}{status}");
        if (options.ApiKey is not null)
            _http.DefaultRequestHeaders.TryAddWithoutValidation(ApiKeys.Header, options.ApiKey);
    }

    /// <summary>The newest timers.</summary>
    /// <exception cref="CommandException">The service can't be reached, or does not answer with timers.</exception>
    public async Task<TimerPage> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(_timers, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                throw new CommandException(Explain(answer.StatusCode));

            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, TimerApiJson.Default.TimerPage, cancellationToken)
                ?? throw new JsonException("null");
        }
        catch (HttpRequestException exception)
        {
            throw new CommandException($"{_options.Url} can't be reached: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException($"{_options.Url} did not answer within {Deadline.TotalSeconds:0} s", exception);
        }
        catch (JsonException exception)
        {
            throw new CommandException($"{_options.Url} answers, but not with timers", exception);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private string Explain(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized when _options.ApiKey is null => $"{_options.Url} asks for a key: give it with --api-key",
        HttpStatusCode.Unauthorized => $"{_options.Url} does not know the key given with --api-key",
        _ => $"{_options.Url} answered {(int)status} {status}",
    };
}
