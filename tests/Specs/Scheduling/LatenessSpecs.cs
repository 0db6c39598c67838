using System.Collections.Concurrent;
using BusIngest.Specs.Relays;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Scheduling;

/// <summary>The system's clock.</summary>
public sealed class LatenessSpecs : Spec
{
    [Fact]
    public async Task Should_fire_none_before_its_time_and_none_as_late_as_the_next_load()
    {
        const int messages = 150;
        var clock = TimeProvider.System;
        var stations = new Stations();
        var late = new ConcurrentQueue<TimeSpan>();
        stations.First.Work = (_, text) =>
        {
            late.Enqueue(clock.GetUtcNow() - DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
            return Task.CompletedTask;
        };
        var process = Own(await RelayProcess.StartAsync(Folder, RelayProcess.With(stations)));
        await using var scope = process.Get<IServiceScopeFactory>().CreateAsyncScope();
        var scheduler = scope.ServiceProvider.GetRequiredService<MassTransit.IMessageScheduler>();
        var begin = clock.GetUtcNow().AddSeconds(1);

        await Task.WhenAll(Enumerable.Range(0, messages).Select(number =>
        {
            var dueAt = begin.AddMilliseconds(10.3 * number);
            return scheduler.ScheduleSend(new Uri("queue:first"), dueAt.UtcDateTime, new News($"{dueAt:O}"), Token);
        }));

        await UntilAsync("All fire", () => late.Count == messages);
        Assert.All(late, by => Assert.True(by >= TimeSpan.Zero, $"{-by.TotalMilliseconds} ms early"));
        // One that fired a little early would be found by the next load, a second later. The machine may be slow, but not for most.
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(' ', late.Order().Select(by => (int)by.TotalMilliseconds)));
        Assert.InRange(late.Order().ElementAt(messages * 9 / 10), TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
    }
}
