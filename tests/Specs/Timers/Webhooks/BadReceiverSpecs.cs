using BusIngest.Workers.Timers.Webhooks;
using BusIngest.Workers.Timers.Webhooks.Gates;

namespace BusIngest.Specs.Timers.Webhooks;

/// <summary>A thousand receivers that do not answer, and how late they make those who do; in virtual time.</summary>
public sealed class BadReceiverSpecs : WebhookSpec
{
    private const int Bad = 1_000;
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private readonly List<TimeSpan> _late = [];

    /// <summary>Its lateness has a p99 of at most half a second.</summary>
    /// <param name="badWithinMs">In how much time the bad ones are all due.</param>
    /// <param name="from">When the first one is due that is well, in ms after the first bad one.</param>
    /// <param name="hiccup">Every so many of its answers takes 400 ms; 0: none.</param>
    [Theory]
    [InlineData(3_000, -1_000, 0)]
    [InlineData(3_000, 0, 0)]
    [InlineData(3_000, 1_000, 0)]
    [InlineData(3_000, 2_000, 0)]
    [InlineData(3_000, 5_000, 0)]
    [InlineData(100, -1_000, 0)]
    [InlineData(100, 50, 0)]
    [InlineData(100, 2_000, 0)]
    [InlineData(3_000, -1_000, 20)]
    [InlineData(3_000, 0, 20)]
    [InlineData(100, 2_000, 20)]
    public async Task Should_not_delay_who_is_well(int badWithinMs, int from, int hiccup)
    {
        using var gates = new HostGates(Options, new HostAddresses(), Clock);
        var well = Enumerable.Range(0, 300).Select(n => CallAsync(
            gates, 1_000 + from + (7_000 * n / 300), 80, TimeSpan.FromMilliseconds(hiccup > 0 && n % hiccup == hiccup - 1 ? 400 : 5), answers: true));

        await VirtualTime.RunAsync(Clock, Step, TimeSpan.FromMinutes(2), async () =>
        {
            _ = Task.WhenAll(Enumerable.Range(0, Bad).Select(n => CallAsync(gates, 1_000 + (badWithinMs * n / Bad), 10_000 + n, TimeSpan.FromSeconds(10), answers: false)));
            await Task.WhenAll(well);
        });

        _late.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"p50 {_late[150].TotalMilliseconds:0}, p99 {_late[296].TotalMilliseconds:0}, most {_late[^1].TotalMilliseconds:0} ms");
        Assert.True(_late[296] < Bound, $"p99 {_late[296]}");
    }

    private async Task CallAsync(HostGates gates, int dueMs, int port, TimeSpan takes, bool answers)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(dueMs), Clock, Token);
        var due = Clock.GetUtcNow();
        var url = new Uri($"http://127.0.0.1:{port}/hook");
        for (var left = answers ? int.MaxValue : 4; left > 0;)
        {
            var outcome = await gates.RunAsync(url, overdue: false, CallAsync, Token);
            if (outcome.Result == WebhookResult.Delivered)
                return;
            if (outcome.Result == WebhookResult.Failed)
                left--;
            await Task.Delay(outcome.Result == WebhookResult.Deferred ? outcome.DeferredFor : TimeSpan.FromSeconds(1), Clock, Token);
        }

        async Task<WebhookOutcome> CallAsync(CancellationToken token)
        {
            var startedAt = Clock.GetUtcNow();
            if (answers)
                _late.Add(startedAt - due);
            await Task.Delay(takes, Clock, token);
            return answers
                ? new WebhookOutcome { Result = WebhookResult.Delivered, StartedAt = startedAt, StatusCode = 200 }
                : new WebhookOutcome { Result = WebhookResult.Failed, StartedAt = startedAt, Fault = WebhookFault.NoAnswer };
        }
    }
}
