using BusIngest.Bus.Storage;
using BusIngest.Workers.Timers.Webhooks.Signing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Timers.Attempts;

/// <summary>Keeps the secret that webhooks are signed with when no setting gives one.</summary>
internal sealed class WebhookSecret(IMainDatabase database, ILogger<WebhookSecret> logger)
{
    /// <summary>The kept secret. The first call ever makes it, and logs where it can be read.</summary>
    /// <exception cref="StorageUnavailableException">It can't be read now, or there is none, and none can be stored.</exception>
    public async Task<SigningSecret> LoadOrCreateAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } kept)
            return Parse(kept);

        var made = SigningSecret.Create().Text;
        await database.WriteAsync(1, session => session.KeepSecret(made), batch => batch.KeepSecret(made), cancellationToken);
        // Another process may have been the first.
        var stored = await LoadAsync(cancellationToken) ?? throw new StorageUnavailableException("The secret that was stored is not there.");
        if (string.Equals(stored, made, StringComparison.Ordinal))
            logger.LogInformation("A secret to sign webhooks with was made; it can be read in the table webhook_secret of {Database}", database.Name);
        return Parse(stored);
    }

    private async Task<string?> LoadAsync(CancellationToken cancellationToken)
    {
        await using var context = new TimersContext(database);
        return await context.ReadAsync(() => context.Secrets.Select(x => x.Secret).SingleOrDefaultAsync(cancellationToken));
    }

    private static SigningSecret Parse(string text) =>
        SigningSecret.TryParse(text, out var secret, out var error)
            ? secret
            : throw new FormatException($"The secret in the table webhook_secret {error}.");
}
