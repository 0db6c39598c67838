using BusIngest.Bus.Supervision;

namespace BusIngest.Workers.Timers.Webhooks.Signing;

/// <summary>Has the secret made at start, so that it can be read before the first delivery.</summary>
internal sealed class SecretAtStart(SigningSecrets secrets, Supervisor supervisor) : SupervisedService(supervisor, "webhook-secret")
{
    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) => loop.DoAsync(async () => await secrets.GetAsync(stopping));
}
