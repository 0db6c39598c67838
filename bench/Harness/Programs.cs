using System.Diagnostics;
using BusIngest.Bench.Twins;

namespace BusIngest.Bench.Harness;

/// <summary>The programs that are measured from outside.</summary>
internal static class Programs
{
    /// <summary>The path that tells that the built program is up.</summary>
    public const string Ready = "/health/ready";

    /// <summary>The built program, with all it writes in a folder.</summary>
    /// <exception cref="BenchException">It is not built.</exception>
    public static ProcessStartInfo Own(BenchOptions options, WorkFolder folder, params ReadOnlySpan<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo(options.Program ?? FindBuilt()) { WorkingDirectory = folder.Path };
        start.Environment["PORT"] = "0";
        start.Environment["DATA_DIR"] = folder.File("data");
        start.Environment["LOGS_DIR"] = folder.File("logs");
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        foreach (var (name, value) in options.Variables)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>This program, as the raw twin of HTTP.</summary>
    public static ProcessStartInfo RawHttpServer(WorkFolder folder)
    {
        var self = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(self).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(self) { WorkingDirectory = folder.Path };
        if (isHost)
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        start.ArgumentList.Add(RawHttp.Name);
        start.ArgumentList.Add("--dir");
        start.ArgumentList.Add(folder.Path);
        return start;
    }

    private static string FindBuilt()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var api = Path.Combine(folder.FullName, "src", "Api");
            if (!File.Exists(Path.Combine(api, "Api.csproj")))
                continue;

            var program = Path.Combine(api, "bin", "Release", "net10.0", "BusIngest.Api" + (OperatingSystem.IsWindows() ? ".exe" : ""));
            return File.Exists(program) ? program : throw new BenchException($"{program} is missing: dotnet build -c Release src/Api");
        }

        throw new BenchException("The repository was not found from here; give --program.");
    }
}
