namespace BusIngest.Bench.Harness;

/// <summary>A folder that is there for one measurement.</summary>
internal sealed class WorkFolder : IDisposable
{
    public WorkFolder(BenchOptions options)
    {
        Path = System.IO.Path.Combine(options.Directory, "busingest-bench-" + System.IO.Path.GetRandomFileName());
        Directory.CreateDirectory(Path);
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>The full path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
