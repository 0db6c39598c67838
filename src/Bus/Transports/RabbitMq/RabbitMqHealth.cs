using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>Degraded, and not unhealthy, while the broker is away, as data is taken in all the same; and while dead letters wait there to be kept.</summary>
internal sealed class RabbitMqHealth(RabbitMqConnection connection, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (connection.Trouble is { } trouble)
            return HealthCheckResult.Degraded(trouble);

        return await DeadLettersAsync(cancellationToken) is > 0 and var waiting
            ? HealthCheckResult.Degraded($"{waiting} messages that RabbitMQ took out of their queues wait in {RabbitMqTopology.DeadLetters}.")
            : HealthCheckResult.Healthy();
    }

    private async Task<long> DeadLettersAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var session = await connection.SessionAsync(either.Token);
            return await session.MessagesAsync([RabbitMqTopology.DeadLetters], either.Token);
        }
        catch (Exception exception) when (exception is RabbitMqUnavailableException or OperationCanceledException)
        {
            // If the broker is away the connection says so, in a moment.
            return 0;
        }
    }
}
