using System.Security.Cryptography;
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
            return await MakeAsync(source, definition, await OpenAsync(source, cancellationToken), cancellationToken);

        return options.Sources.TryGetValue(source.Name, out var configured)
            ? await MakeAsync(source, configured.Definition, configured.ApiKey, cancellationToken)
            : throw new UnknownSourceException($"the settings of the process that fetches have no source '{source.Name}'");
    }

    private async Task<PullSource> MakeAsync(RunSource source, SourceDefinition definition, string? key, CancellationToken cancellationToken)
    {
        var print = string.IsNullOrEmpty(key) ? "none" : await seal.PrintAsync(key, source.Name, cancellationToken);
        return new PullSource(source.Name, definition, key, print, source.PageSize ?? definition.PageSize);
    }

    private async Task<string?> OpenAsync(RunSource source, CancellationToken cancellationToken)
    {
        if (source.SealedKey is null)
            return null;

        try
        {
            return await seal.OpenAsync(source.SealedKey, source.Name, cancellationToken);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            throw new UnknownSourceException("the run's key was sealed with another secret than this process has");
        }
    }
}

/// <summary>A source can't be asked by this process.</summary>
/// <param name="message">Why, for an operator.</param>
internal sealed class UnknownSourceException(string message) : Exception(message);
