using BusIngest.Support.Timers;

namespace BusIngest.Faults.Timers;

/// <summary>A thousand receivers that are silent, drip or close their half of the connection, all at the address of a healthy one.</summary>
public sealed class BadReceiverTests : TimerFaultTest
{
    private const int Bad = 1_000;
    private const int Healthy = 300;
    private const int LastSecond = 9;

    /// <summary>On a machine at rest it is some 100 ms; the bound is for one with a load of 20.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Should_not_delay_who_is_well()
    {
        // A bound of time holds on a quiet machine alone.
        Assert.SkipUnless(Environment.GetEnvironmentVariable("BUSINGEST_LONG") is "true", "It needs a machine at rest: BUSINGEST_LONG=true");

        await using var bad = new BadReceivers(Bad);
        var urls = bad.Urls;
        var installation = Install();
        await installation.StartAsync(
            Token,
            [
                ("WEBHOOKS_ALLOWED_HOSTS", "127.0.0.1"),
                ("WEBHOOKS_SECRET", SignatureCheck.Secret),
                ("Webhooks__RetrySeconds", "1,1,1"),
            ]);

        var next = 0;
        await PostAsync(installation, Bad, static () => 3, _ => urls[Interlocked.Increment(ref next) % Bad], "bad");
        await PostAsync(installation, Healthy, static () => Random.Shared.Next(2, LastSecond), name => Sink.Url(name, WebhookBehaviour.Prompt), "well");

        await Support.Eventually.BecomesAsync(
            "All who are well are called", _ => Task.FromResult(Sink.Arrivals.Count), count => count == Healthy, LoadDeadline, Token);
        var late = Sink.Arrivals.Select(static arrival => arrival.At - arrival.DueAt).Order().ToList();
        var slowest = late[(int)(0.99 * late.Count)];
        TestContext.Current.TestOutputHelper?.WriteLine($"p50 {late[late.Count / 2].TotalMilliseconds:0} ms, p99 {slowest.TotalMilliseconds:0} ms, most {late[^1].TotalMilliseconds:0} ms late");
        Assert.True(slowest < Bound, $"p99 {slowest}");
    }
}
