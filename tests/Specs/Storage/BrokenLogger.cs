using Microsoft.Extensions.Logging;

namespace BusIngest.Specs.Storage;

/// <summary>A logger that can't write, as when the disk of the logs is full.</summary>
internal sealed class BrokenLogger : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        throw new IOException("No space left on device");
}
