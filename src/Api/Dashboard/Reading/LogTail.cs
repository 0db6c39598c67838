using System.Text.Json;
using BusIngest.Api.Configuration;

namespace BusIngest.Api.Dashboard.Reading;

/// <summary>Reads the end of this process's log files.</summary>
internal sealed class LogTail(Settings settings)
{
    private const int MostBytes = 256 << 10;

    /// <summary>The files by level; the first one is shown unless another is asked for.</summary>
    public static IReadOnlyList<(string Level, string File)> Levels { get; } =
        [("all", "log.messages"), ("warnings", "warn.messages"), ("errors", "errors.messages")];

    /// <summary>The newest lines of a level, newest first.</summary>
    /// <param name="level">One of <see cref="Levels"/>; anything else: the first.</param>
    /// <param name="limit">The most.</param>
    public async Task<IReadOnlyList<LogEntry>> ReadAsync(string? level, int limit)
    {
        var name = Levels.FirstOrDefault(known => string.Equals(known.Level, level, StringComparison.Ordinal)).File ?? Levels[0].File;
        if (Newest(name) is not { } path)
            return [];

        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(-Math.Min(file.Length, MostBytes), SeekOrigin.End);
        using var reader = new StreamReader(file);
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // The first line may be cut, and the last one be in writing: what is not whole is left out.
        return [.. lines.Reverse().Select(Parse).OfType<LogEntry>().Take(limit)];
    }

    /// <summary>Serilog numbers the files of one name as they grow; the newest was written last.</summary>
    private string? Newest(string name) =>
        Directory.Exists(settings.Logs.Directory)
            ? Directory.EnumerateFiles(settings.Logs.Directory, $"{Path.GetFileNameWithoutExtension(name)}*{Path.GetExtension(name)}")
                .MaxBy(path => File.GetLastWriteTimeUtc(path))
            : null;

    private static LogEntry? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var entry = document.RootElement;
            return new LogEntry(
                Text(entry, "Timestamp") ?? "",
                Text(entry, "Level") ?? "",
                entry.TryGetProperty("Properties", out var properties) ? Text(properties, "SourceContext") : null,
                Text(entry, "RenderedMessage") ?? "",
                Text(entry, "Exception"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A line of the log.</summary>
/// <param name="At">When, as it is written.</param>
/// <param name="Level">How bad.</param>
/// <param name="Source">Who says so; null: nobody.</param>
/// <param name="Message">What.</param>
/// <param name="Exception">The exception with its stack; null when there is none.</param>
internal sealed record LogEntry(string At, string Level, string? Source, string Message, string? Exception);
