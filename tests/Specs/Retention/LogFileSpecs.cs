using System.Globalization;
using BusIngest.Api.Configuration;
using BusIngest.Api.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog.Events;

namespace BusIngest.Specs.Retention;

/// <summary>Log files are rolled, and the oldest go.</summary>
public sealed class LogFileSpecs : Spec
{
    private const int MaxFileBytes = 64 << 10;
    private const int Lines = 300;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Should_keep_the_newest_files_of_each_kind(int kept)
    {
        Write(new LogSettings { Directory = Folder, Level = LogEventLevel.Warning, MaxFileBytes = MaxFileBytes, KeptFiles = kept });

        foreach (var kind in new[] { "log", "warn", "errors" })
        {
            var files = Directory.GetFiles(Folder, $"{kind}*.messages").Order(StringComparer.Ordinal).ToList();
            Assert.Equal(kept, files.Count);
            Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, MaxFileBytes + 4_096));
            Assert.DoesNotContain(files, file => File.ReadAllText(file).Contains(Line(0), StringComparison.Ordinal));
            Assert.Contains(Line(Lines - 1), await File.ReadAllTextAsync(files[^1], Token), StringComparison.Ordinal);
        }
    }

    private static void Write(LogSettings settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddLogFiles(settings);
        using var host = builder.Build();
        // Closes the files with the host.
        host.Services.GetRequiredService<LogFlush>();
        var logger = host.Services.GetRequiredService<ILogger<LogFileSpecs>>();
        for (var line = 0; line < Lines; line++)
        {
            logger.LogWarning("{Line} {Text}", Line(line), new string('x', 400));
            logger.LogError("{Line} {Text}", Line(line), new string('x', 400));
        }
    }

    private static string Line(int number) => $"line {number.ToString("000", CultureInfo.InvariantCulture)}";
}
