using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using BusIngest.Api.Hosting;
using BusIngest.Api.Sync;

namespace BusIngest.Api.Commands;

/// <summary>Asks a service to pull, and how far it is.</summary>
internal sealed class SyncClient : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Deadline };
    private readonly PullOptions _options;
    private readonly string _runs;

    /// <summary>Asks nothing yet.</summary>
    public SyncClient(PullOptions options)
    {
        _options = options;
        _runs = $"{options.Url.AbsoluteUri.TrimEnd('/')}/sync/runs";
        if (options.ApiKey is not null)
            _http.DefaultRequestHeaders.TryAddWithoutValidation(ApiKeys.Header, options.ApiKey);
    }

    /// <summary>Begins the run.</summary>
    /// <exception cref="CommandException">The service can't be reached, or does not begin one.</exception>
    public Task<Guid> BeginAsync(CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            using var content = JsonContent.Create(_options.Body(Environment.GetEnvironmentVariable(PullOptions.KeyVariable)), NewRunJson.Default.NewRun);
            return await _http.PostAsync(new Uri(_runs), content, cancellationToken);
        },
        async body => (await JsonSerializer.DeserializeAsync(body, SyncApiJson.Default.StartedRun, cancellationToken) ?? throw new JsonException("null")).RunId,
        cancellationToken);

    /// <summary>How far it is.</summary>
    /// <exception cref="CommandException">The service can't be reached, or does not know the run.</exception>
    public Task<RunView> ReadAsync(Guid runId, CancellationToken cancellationToken) => AskAsync(
        () => _http.GetAsync(new Uri($"{_runs}/{runId}"), cancellationToken),
        async body => await JsonSerializer.DeserializeAsync(body, SyncApiJson.Default.RunView, cancellationToken) ?? throw new JsonException("null"),
        cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<T> AskAsync<T>(Func<Task<HttpResponseMessage>> ask, Func<Stream, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await ask();
            if (!answer.IsSuccessStatusCode)
                throw new CommandException(await ExplainAsync(answer, cancellationToken));

            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return await read(body);
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
            throw new CommandException($"{_options.Url} answers, but not with a run", exception);
        }
    }

    private async Task<string> ExplainAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
            return $"{_options.Url} asks for another key: give it with --api-key";

        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return $"{_options.Url} answered {(int)answer.StatusCode} {answer.StatusCode}: {TimerText.Printable(text)}";
    }
}

/// <summary>How a new run is asked for.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewRun))]
internal sealed partial class NewRunJson : JsonSerializerContext;
