using BusIngest.Api.Configuration;
using Serilog.Events;

namespace BusIngest.Api.Commands;

/// <summary>The program put together for what it knows, and never started.</summary>
internal sealed class UnstartedProgram : IAsyncDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("busingest-command-");
    private readonly WebApplication _program;

    private UnstartedProgram(Settings settings, bool takesDataDirectory)
    {
        try
        {
            _program = Service.Build(settings with
            {
                DataDir = takesDataDirectory ? settings.DataDir : Path.Combine(_scratch.FullName, "data"),
                Logs = settings.Logs with { Directory = Path.Combine(_scratch.FullName, "logs"), Level = LogEventLevel.Fatal },
                Http = settings.Http with { Port = 0 },
                Notices = [],
            });
        }
        catch
        {
            _scratch.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Its container.</summary>
    public IServiceProvider Services => _program.Services;

    /// <summary>Puts it together.</summary>
    /// <param name="settings">Those of the program.</param>
    /// <param name="takesDataDirectory">Whether it is on their DATA_DIR, rather than on one that is nobody's.</param>
    /// <exception cref="Bus.Storage.DataDirectoryException">Another process has that.</exception>
    public static UnstartedProgram Of(Settings settings, bool takesDataDirectory) => new(settings, takesDataDirectory);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _scratch.Delete(recursive: true);
    }
}
