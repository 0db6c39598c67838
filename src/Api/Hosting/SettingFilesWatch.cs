using BusIngest.Api.Configuration;

namespace BusIngest.Api.Hosting;

/// <summary>Reads secrets again whose files have changed. What can't be read, or is wrong, is told, and the value before stays in use.</summary>
internal sealed class SettingFilesWatch(Settings settings, TimeProvider time, ILogger<SettingFilesWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string> _troubles = new(StringComparer.Ordinal);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Files.Count == 0)
            return;

        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Refresh();
    }

    private void Refresh()
    {
        foreach (var (name, file) in settings.Files)
        {
            if (file.Refresh(out var trouble))
                logger.LogInformation("{Name}: {Path} was read again", name, file.Path);
            if (trouble is null)
                _troubles.Remove(name);
            else if (!string.Equals(_troubles.GetValueOrDefault(name), trouble, StringComparison.Ordinal))
                logger.LogWarning("{Name}: {Path} {Trouble}; what was read before stays in use", name, file.Path, _troubles[name] = trouble);
        }
    }
}
