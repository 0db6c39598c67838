using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>Asks a server what it is, whoever says what of it.</summary>
internal static class ServerRole
{
    /// <summary>Its role and its replicas.</summary>
    /// <exception cref="RedisServerException">It does not tell.</exception>
    /// <exception cref="RedisUnavailableException">The connection is lost.</exception>
    public static async Task<ReplicationInfo> ReplicationAsync(this RedisConnection connection) =>
        ReplicationInfo.Read((await connection.SendAsync("INFO", "replication")).Text());

    /// <summary>Why it can't be the master: it says so itself, or does not answer. If it is, its replicas are noted.</summary>
    /// <param name="connection">To the server.</param>
    /// <param name="replicas">What is known of its replicas.</param>
    /// <param name="patience">How long its answer may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when it is the master.</returns>
    public static async Task<string?> WhyNoMasterAsync(
        this RedisConnection connection, KnownReplicas replicas, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var replication = await connection.ReplicationAsync().WaitAsync(deadline.Token);
            if (!replication.IsMaster)
                return $"Redis at {connection.Endpoint} is not the master: it says that it is {(replication.Role.Length > 0 ? replication.Role : "nothing")}.";
            replicas.Note(replication.Replicas);
            return null;
        }
        catch (RedisServerException exception)
        {
            return RedisUnavailableException.Of(connection.Endpoint, exception).Message;
        }
        catch (RedisUnavailableException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return RedisUnavailableException.Of(connection.Endpoint, exception).Message;
        }
    }
}
