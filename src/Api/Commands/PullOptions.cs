namespace BusIngest.Api.Commands;

/// <summary>What `sync run` is asked to do.</summary>
/// <param name="Url">Where the service is.</param>
/// <param name="ApiKey">What to send as X-API-Key; null: nothing.</param>
/// <param name="Source">The source of the settings to pull; null: the one of <paramref name="BaseUrl"/>.</param>
/// <param name="BaseUrl">The address to pull; null: that of <paramref name="Source"/>.</param>
/// <param name="PageSize">How many events a page; null: as the source says.</param>
internal sealed record PullOptions(Uri Url, string? ApiKey, string? Source, string? BaseUrl, int? PageSize)
{
    /// <summary>The environment variable with the key of <see cref="BaseUrl"/>: on the command line others would see it.</summary>
    public const string KeyVariable = "SYNC_SOURCE_KEY";

    /// <summary>The body that begins the run.</summary>
    /// <param name="sourceKey">The key of <see cref="BaseUrl"/>; null: none.</param>
    public Sync.NewRun Body(string? sourceKey) => new(Source, BaseUrl, BaseUrl is null ? null : sourceKey, PageSize);
}
