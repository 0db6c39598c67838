using BusIngest.Support;

namespace BusIngest.Specs;

/// <summary>A test with a directory of its own, and with things that are disposed after it, the last one first.</summary>
public abstract class Spec : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _directory = new();
    private readonly Stack<object> _owned = new();

    /// <summary>Ends the test when the runner does.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The test's own directory.</summary>
    protected string Folder => _directory.Path;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        while (_owned.TryPop(out var owned))
        {
            if (owned is IAsyncDisposable disposable)
                await disposable.DisposeAsync();
            else
                ((IDisposable)owned).Dispose();
        }

        _directory.Dispose();
    }

    /// <summary>Lets the test dispose it.</summary>
    private protected T Own<T>(T owned)
        where T : class
    {
        _owned.Push(owned);
        return owned;
    }

    /// <summary>Waits until the condition holds.</summary>
    protected static Task UntilAsync(string what, Func<bool> condition) =>
        Eventually.HoldsAsync(what, _ => Task.FromResult(condition()), Deadline, Token);

    /// <summary>Waits until the condition holds.</summary>
    protected static Task UntilAsync(string what, Func<CancellationToken, Task<bool>> condition) =>
        Eventually.HoldsAsync(what, condition, Deadline, Token);

    /// <summary>Waits until the value is as wanted, and gives it.</summary>
    protected static Task<T> UntilAsync<T>(string what, Func<CancellationToken, Task<T>> probe, Func<T, bool> wanted) =>
        Eventually.BecomesAsync(what, probe, wanted, Deadline, Token);

    /// <summary>Waits for the task, and fails the test if it takes for ever.</summary>
    protected static Task Soon(Task task) => task.WaitAsync(Deadline, TimeProvider.System, Token);

    /// <summary>Waits for the task's result, and fails the test if it takes for ever.</summary>
    protected static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(Deadline, TimeProvider.System, Token);
}
