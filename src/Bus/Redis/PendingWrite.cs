using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>A write that waits to be sent, or for its answer.</summary>
/// <param name="command">The command.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="bytes">About how long it is.</param>
/// <param name="deadline">When nobody waits for it any more; not sent by then, it never is.</param>
internal sealed class PendingWrite(string command, object[] arguments, int bytes, CancellationToken deadline)
{
    private readonly TaskCompletionSource<RedisResult> _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>About how long it is.</summary>
    public int Bytes => bytes;

    /// <summary>Whether somebody still waits for it.</summary>
    public bool IsWanted => !deadline.IsCancellationRequested;

    /// <summary>Completes with the answer once it is durable.</summary>
    public Task<RedisResult> Durable => _durable.Task;

    /// <summary>Sends it.</summary>
    public Task<RedisResult> SendAsync(RedisConnection connection) => connection.SendAsync(command, arguments);

    public void Succeed(RedisResult answer) => _durable.TrySetResult(answer);

    public void Fail(Exception exception) => _durable.TrySetException(exception);
}
