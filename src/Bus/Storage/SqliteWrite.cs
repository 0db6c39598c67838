namespace BusIngest.Bus.Storage;

/// <summary>A piece of work that waits for the writer's next transaction.</summary>
internal abstract class SqliteWrite(int rows)
{
    /// <summary>About how many rows it writes: the writer bounds a transaction by it.</summary>
    public int Rows { get; } = rows;

    public abstract void Run(SqliteSession session);

    public abstract void Succeed();

    public abstract void Fail(Exception exception);
}

/// <summary>Work with a result, which its caller sees once the transaction is committed.</summary>
internal sealed class SqliteWrite<TResult>(int rows, Func<SqliteSession, TResult> work) : SqliteWrite(rows)
{
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult? _result;

    public Task<TResult> Done => _done.Task;

    public override void Run(SqliteSession session) => _result = work(session);

    public override void Succeed() => _done.TrySetResult(_result!);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
