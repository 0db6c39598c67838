namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>A published message whose confirm is awaited.</summary>
/// <param name="messageId">The message's id.</param>
internal sealed class PendingPublish(string? messageId)
{
    private readonly TaskCompletionSource<bool> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The message's id.</summary>
    public string? MessageId => messageId;

    /// <summary>True: confirmed; false: returned, as no queue takes it.</summary>
    public Task<bool> Outcome => _outcome.Task;

    public void Confirm() => _outcome.TrySetResult(true);

    public void Return() => _outcome.TrySetResult(false);

    public void Refuse() => Set(new RabbitMqUnavailableException("RabbitMQ refused the message (nack)."));

    public void Fail(string reason) => Set(new RabbitMqUnavailableException($"The channel was closed before the confirm came: {reason}"));

    private void Set(Exception exception)
    {
        if (_outcome.TrySetException(exception))
        {
            // Whoever published may have stopped waiting.
            _ = _outcome.Task.Exception;
        }
    }
}
