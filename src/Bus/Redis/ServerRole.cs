using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>Asks a server what it is, whoever says what of it.</summary>
internal static class ServerRole
{
    /// <summary>Why it can't be the master: it says so itself, or does not answer. If it is, it names its replicas, too, which the connection keeps.</summary>
    /// <param name="connection">To the server.</param>
    /// <param name="patience">How long its answer may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when it is the master.</returns>
    public static async Task<string?> WhyNoMasterAsync(
        this RedisConnection connection, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var role = (await connection.SendAsync("ROLE").WaitAsync(deadline.Token)).Items();
            if (role is not [var name, _, var replicas, ..] || !string.Equals(name.Text(), "master", StringComparison.Ordinal))
                return $"Redis at {connection.Endpoint} is not the master: it says that it is {(string?)role.FirstOrDefault() ?? "nothing"}.";
            connection.Replicas.Note(replicas.Items().Length, time);
            return null;
        }
        catch (RedisServerException exception)
        {
            return $"Redis at {connection.Endpoint} answers: {exception.Message}";
        }
        catch (RedisUnavailableException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"Redis at {connection.Endpoint} does not answer.";
        }
    }
}
