using BusIngest.Support.Cars;
using BusIngest.Support.Storage;

namespace BusIngest.Support.Programs;

/// <summary>Directories that outlive the processes started on them: what a kill leaves behind, the next process finds.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly TemporaryDirectory _root = new();
    private readonly List<ProgramUnderTest> _programs = [];

    /// <summary>Makes the directories.</summary>
    /// <param name="dataDirectory">DATA_DIR, when it shall be elsewhere than among the other directories.</param>
    public Installation(string? dataDirectory = null) => DataDirectory = dataDirectory ?? _root.Subdirectory("data");

    /// <summary>DATA_DIR of every process started here.</summary>
    public string DataDirectory { get; }

    /// <summary>Where the processes are started.</summary>
    public string WorkingDirectory => _root.Subdirectory("cwd");

    /// <summary>What the process that was started last answers to; null while none serves.</summary>
    public Uri? Address => _programs.LastOrDefault() is { HasExited: false } program ? program.Address : null;

    /// <summary>The process that was started last.</summary>
    public ProgramUnderTest Program => _programs[^1];

    /// <summary>The rows in the database file.</summary>
    public StoredCars StoredCars => new(DataDirectory);

    /// <summary>The program's routes, wherever the last process serves them.</summary>
    public CarsApi Api => new(() => Address);

    /// <summary>How processes are started here, to be changed before a start.</summary>
    public ProgramSettings Settings() => new()
    {
        DataDirectory = DataDirectory,
        LogsDirectory = _root.Subdirectory("logs"),
        WorkingDirectory = WorkingDirectory,
        OutputFile = Path.Combine(_root.Path, $"output-{_programs.Count + 1}.log"),
    };

    /// <summary>Starts a process and returns at once.</summary>
    public Task<ProgramUnderTest> LaunchAsync(params IEnumerable<(string Name, string? Value)> environment) =>
        LaunchAsync(Settings() with { Environment = environment.ToDictionary(static e => e.Name, static e => e.Value, StringComparer.Ordinal) });

    /// <summary>Starts a process in this way and returns at once.</summary>
    public async Task<ProgramUnderTest> LaunchAsync(ProgramSettings settings)
    {
        var program = await ProgramUnderTest.LaunchAsync(settings);
        _programs.Add(program);
        return program;
    }

    /// <summary>Starts a process and returns when it is ready.</summary>
    public async Task<ProgramUnderTest> StartAsync(CancellationToken cancellationToken, params IEnumerable<(string Name, string? Value)> environment)
    {
        var program = await LaunchAsync(environment);
        await program.WaitUntilReadyAsync(cancellationToken);
        return program;
    }

    /// <summary>The last lines of what each of the last few processes printed.</summary>
    public string Outputs() =>
        string.Join("\n", _programs.TakeLast(3).Select(static (program, i) => $"--- output {i + 1}\n{program.Output.Tail(60)}"));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
            await program.DisposeAsync();
        _root.Dispose();
    }
}
