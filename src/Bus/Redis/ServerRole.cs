using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>Asks a server what it is, whoever says what of it.</summary>
internal static class ServerRole
{
    /// <summary>Whether it says `master` itself; then it names its replicas, too, which the connection keeps.</summary>
    /// <param name="connection">To the server.</param>
    /// <param name="patience">How long its answer may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False as well when it does not answer.</returns>
    public static async Task<bool> IsMasterAsync(
        this RedisConnection connection, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var role = (await connection.SendAsync("ROLE").WaitAsync(deadline.Token)).Items();
            if (!string.Equals(role[0].Text(), "master", StringComparison.Ordinal))
                return false;
            connection.Replicas.Note(role[2].Items().Length, time);
            return true;
        }
        catch (Exception exception) when (exception is RedisUnavailableException or RedisServerException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
