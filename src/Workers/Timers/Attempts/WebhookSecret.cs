using BusIngest.Bus.Storage;
using BusIngest.Workers.Timers.Webhooks.Signing;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Timers.Attempts;

/// <summary>Keeps the secret that webhooks are signed with when no setting gives one.</summary>
internal sealed class WebhookSecret(MainDatabase database, ILogger<WebhookSecret> logger)
{
    /// <summary>The kept secret. The first call ever makes it, and logs where it can be read.</summary>
    /// <exception cref="StorageUnavailableException">It can't be read now, or there is none, and none can be stored.</exception>
    public async Task<SigningSecret> LoadOrCreateAsync(CancellationToken cancellationToken)
    {
        if (Load() is { } kept)
            return Parse(kept);

        var made = SigningSecret.Create().Text;
        var stored = await database.Writer.WriteAsync(1, session => session.KeepSecret(made), cancellationToken);
        if (string.Equals(stored, made, StringComparison.Ordinal))
            logger.LogInformation("A secret to sign webhooks with was made; it can be read in the table webhook_secret of {File}", database.Path);
        return Parse(stored);
    }

    private string? Load() => database.Readers.Read(session => session.Secret());

    private static SigningSecret Parse(string text) =>
        SigningSecret.TryParse(text, out var secret, out var error)
            ? secret
            : throw new FormatException($"The secret in the table webhook_secret {error}.");
}
