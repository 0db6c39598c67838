using BusIngest.Contracts.Sync;
using BusIngest.Workers.Sync.Credentials;

namespace BusIngest.Workers.Sync.Sources;

/// <summary>Finds out how a run's source is asked: by the settings of this process, or as its client said.</summary>
internal sealed class PullSources(SyncOptions options, KeySeal seal)
{
    /// <summary>The source of a run.</summary>
    /// <exception cref="UnknownSourceException">This process can't ask it.</exception>
    /// <exception cref="Bus.Storage.StorageUnavailableException">What opens its key can't be read now.</exception>
    public async Task<PullSource> FindAsync(RunSource source, CancellationToken cancellationToken)
    {
        if (source.Definition is { } definition)
            return Make(source, definition, await OpenAsync(source, cancellationToken));

        return options.Sources.TryGetValue(source.Name, out var configured)
            ? Make(source, configured.Definition, configured.ApiKey)
            : throw new UnknownSourceException($"the settings of the process that fetches have no source '{source.Name}'");
    }

    private PullSource Make(RunSource source, SourceDefinition definition, string? key)
    {
        var print = string.IsNullOrEmpty(key) ? "none" : seal.Print(key, source.Name);
        return new PullSource(source.Name, definition, key, print, source.PageSize ?? definition.PageSize);
    }

    private async Task<string?> OpenAsync(RunSource source, CancellationToken cancellationToken)
    {
        if (source.SealedKey is null)
            return null;

        try
        {
            return await seal.TryOpenAsync(source.SealedKey, source.Name, cancellationToken) ?? throw new UnknownSourceException(
                "the run's key was sealed with another secret than this process has: SYNC_SECRET has to be the same in every process with the role api or workers");
        }
        catch (FormatException)
        {
            throw new UnknownSourceException("the run's key is no sealed key");
        }
    }
}

/// <summary>A source can't be asked by this process.</summary>
/// <param name="message">Why, for an operator.</param>
internal sealed class UnknownSourceException(string message) : Exception(message);
