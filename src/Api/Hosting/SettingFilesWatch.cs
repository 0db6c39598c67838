using BusIngest.Api.Configuration;
using BusIngest.Api.Security;
using BusIngest.Bus.Supervision;

namespace BusIngest.Api.Hosting;

/// <summary>Reads secrets again whose files have changed. What can't be read, or is wrong, is told, and the value before stays in use.</summary>
internal sealed class SettingFilesWatch(Settings settings, RevokedKeys revoked, ILogger<SettingFilesWatch> logger, Supervisor supervisor)
    : SupervisedService(supervisor, "setting-files")
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string> _troubles = new(StringComparer.Ordinal);

    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) => settings.Files.Count == 0
        ? Task.CompletedTask
        : loop.EveryAsync(Period, RefreshAsync, stopping, atOnce: false);

    private Task RefreshAsync(CancellationToken stopping)
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

        revoked.EndGone();
        return Task.CompletedTask;
    }
}
