using System.Text.Json.Serialization;
using BusIngest.Api.Sync;

namespace BusIngest.Api.Commands;

/// <summary>Asks a service to pull, and how far it is.</summary>
/// <param name="options">Whom, and what.</param>
internal sealed class SyncClient(PullOptions options) : ServiceClient(options.Url, options.ApiKey, "runs")
{
    /// <summary>Begins the run.</summary>
    /// <exception cref="CommandException">The service can't be reached, or does not begin one.</exception>
    public async Task<Guid> BeginAsync(CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(options.Body(Environment.GetEnvironmentVariable(PullOptions.KeyVariable)), NewRunJson.Default.NewRun);
        return (await SendAsync(HttpMethod.Post, "sync/runs", content, SyncApiJson.Default.StartedRun, cancellationToken)).RunId;
    }

    /// <summary>How far it is.</summary>
    /// <exception cref="CommandException">The service can't be reached, or does not know the run.</exception>
    public Task<RunView> ReadAsync(Guid runId, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"sync/runs/{runId}", SyncApiJson.Default.RunView, cancellationToken);
}

/// <summary>How a new run is asked for.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewRun))]
internal sealed partial class NewRunJson : JsonSerializerContext;
