using BusIngest.Workers.Timers.Attempts;

namespace BusIngest.Workers.Timers.Webhooks.Signing;

/// <summary>The secrets that deliveries are signed with: those of the settings, or else the one that is kept.</summary>
internal sealed class SigningSecrets(WebhookOptions options, WebhookSecret kept)
{
    private volatile IReadOnlyList<SigningSecret>? _secrets = options.Secrets.Count > 0 ? options.Secrets : null;

    /// <summary>The secrets, in the order of signing.</summary>
    /// <exception cref="Bus.Storage.StorageUnavailableException">None is kept yet, and none can be stored now.</exception>
    public async ValueTask<IReadOnlyList<SigningSecret>> GetAsync(CancellationToken cancellationToken) =>
        _secrets ??= [await kept.LoadOrCreateAsync(cancellationToken)];
}
