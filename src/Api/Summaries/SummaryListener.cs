using BusIngest.Bus.Redis;

namespace BusIngest.Api.Summaries;

/// <summary>Hears, over Redis, whose events other processes have stored.</summary>
/// <param name="news">What is heard.</param>
/// <param name="cache">What is forgotten then.</param>
internal sealed class SummaryListener(RedisNews news, SummaryCache cache) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        news.ListenAsync(SummaryNews.Channel, cache.ForgetAll, message => cache.Forget(SummaryNews.Read(message)), stoppingToken);
}
