using Microsoft.Extensions.Hosting;

namespace BusIngest.Bus.Supervision;

/// <summary>A hosted service that is one loop under the <see cref="Supervisor"/>.</summary>
/// <param name="supervisor">Begins it again when it throws.</param>
/// <param name="name">What it is called in log, health and metrics.</param>
public abstract class SupervisedService(Supervisor supervisor, string name) : BackgroundService
{
    /// <inheritdoc />
    protected sealed override Task ExecuteAsync(CancellationToken stoppingToken) => supervisor.RunAsync(name, RunAsync, stoppingToken);

    /// <summary>Runs from the beginning; what it throws begins it again, and when it returns it has ended for good.</summary>
    protected abstract Task RunAsync(BackgroundLoop backgroundLoop, CancellationToken stopping);
}
