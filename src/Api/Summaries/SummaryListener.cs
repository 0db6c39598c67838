using BusIngest.Bus.Redis;
using BusIngest.Bus.Supervision;

namespace BusIngest.Api.Summaries;

/// <summary>Hears, over Redis, whose events other processes have stored.</summary>
/// <param name="news">What is heard.</param>
/// <param name="cache">What is forgotten then.</param>
/// <param name="supervisor">Runs it.</param>
internal sealed class SummaryListener(RedisNews news, SummaryCache cache, Supervisor supervisor) : SupervisedService(supervisor, "summary-news")
{
    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) =>
        news.ListenAsync(SummaryNews.Channel, cache.ForgetAll, message => cache.Forget(SummaryNews.Read(message)), stopping);
}
