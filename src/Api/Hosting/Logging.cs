using BusIngest.Api.Configuration;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace BusIngest.Api.Hosting;

/// <summary>
/// Logs to the console and to rolling files of JSON lines: <c>log.messages</c> (Information and above),
/// <c>warn.messages</c> (warnings) and <c>errors.messages</c> (errors and above). What can't be written is dropped.
/// </summary>
internal static class Logging
{
    private static readonly string[] Quiet = ["Microsoft", "System", "MassTransit"];

    /// <summary>Makes Serilog the host's logger.</summary>
    /// <exception cref="SettingsException">The folder can't be made.</exception>
    public static void AddLogFiles(this IHostApplicationBuilder builder, LogSettings settings)
    {
        MakeFolder(settings.Directory);
        var log = Create(settings);
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Logging.AddSerilog(log, dispose: false);
        builder.Services.AddSingleton(_ => new LogFlush(log));
    }

    /// <summary>Serilog drops what it can't write without a word.</summary>
    private static void MakeFolder(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"LOGS_DIR: '{directory}' can't be made: {exception.Message}");
        }
    }

    private static Logger Create(LogSettings settings)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(settings.Level)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", AtLeast(settings.Level, LogEventLevel.Information))
            .Enrich.FromLogContext()
            .WriteTo.Console(new ConsoleLine());
        foreach (var source in Quiet)
            configuration.MinimumLevel.Override(source, AtLeast(settings.Level, LogEventLevel.Warning));

        AddFile(configuration, settings, "log.messages", level => level >= LogEventLevel.Information);
        AddFile(configuration, settings, "warn.messages", level => level == LogEventLevel.Warning);
        AddFile(configuration, settings, "errors.messages", level => level >= LogEventLevel.Error);
        return configuration.CreateLogger();
    }

    private static LogEventLevel AtLeast(LogEventLevel level, LogEventLevel floor) => level > floor ? level : floor;

    private static void AddFile(LoggerConfiguration configuration, LogSettings settings, string name, Func<LogEventLevel, bool> takes) =>
        configuration.WriteTo.Logger(file => file
            .MinimumLevel.Verbose()
            .Filter.ByIncludingOnly(logEvent => takes(logEvent.Level))
            .WriteTo.File(
                new JsonFormatter(renderMessage: true),
                Path.Combine(settings.Directory, name),
                fileSizeLimitBytes: settings.MaxFileBytes,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: settings.KeptFiles));
}
