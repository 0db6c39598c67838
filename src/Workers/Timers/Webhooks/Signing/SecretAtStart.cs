using BusIngest.Bus.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Timers.Webhooks.Signing;

/// <summary>Has the secret made at start, so that it can be read before the first delivery. If that fails, the first delivery does it.</summary>
internal sealed class SecretAtStart(SigningSecrets secrets, ILogger<SecretAtStart> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await secrets.GetAsync(stoppingToken);
        }
        catch (StorageUnavailableException exception)
        {
            logger.LogWarning("The secret that signs webhooks can't be stored yet: {Reason}", exception.Message);
        }
    }
}
