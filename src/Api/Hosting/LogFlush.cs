using Serilog.Core;

namespace BusIngest.Api.Hosting;

/// <summary>Closes the log files when the host goes. A full disk makes that throw, which must not fail a clean stop.</summary>
internal sealed class LogFlush(Logger log) : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            log.Dispose();
        }
        catch (IOException)
        {
            // There is nowhere left to tell it.
        }
    }
}
