using BusIngest.Support;
using BusIngest.Support.Programs;
using BusIngest.Support.Timers;

namespace BusIngest.Faults.Timers;

/// <summary>A thousand receivers that are silent, drip or close their half of the connection, all at the address of a healthy one.</summary>
public sealed class BadReceiverTests : TimerFaultTest
{
    private const int Others = 1_000;
    private const int Healthy = 300;
    private const int LastSecond = 6;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <summary>The p99 lateness that a healthy receiver may see beside the bad ones.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(500);

    private static readonly IReadOnlyList<(string Name, string? Value)> Patient =
    [
        ("WEBHOOKS_ALLOWED_HOSTS", "127.0.0.1"),
        ("WEBHOOKS_SECRET", SignatureCheck.Secret),
        ("Webhooks__RetrySeconds", "1,1,1"),
    ];

    /// <summary>The same program beside as many timers of good receivers, before and after, tells what the machine's load is worth.</summary>
    [Fact]
    public async Task Should_not_delay_who_is_well()
    {
        var installation = Install();
        await installation.StartAsync(Token, Patient);
        await LatenessAsync(installation, "first", Good);
        var before = await LatenessAsync(installation, "before", Good);
        TimeSpan beside;
        await using (var bad = new BadReceivers(Others))
        {
            var urls = new Queue<string>(bad.Urls);
            beside = await LatenessAsync(installation, "beside", _ => urls.Dequeue());
        }

        var after = await LatenessAsync(installation, "after", Good);

        var alone = before > after ? before : after;
        var bound = alone > Bound ? alone : Bound;
        Assert.True(beside < MachineLoad.Stretch(bound), $"p99 {beside.TotalMilliseconds:0} ms beside bad receivers, {alone.TotalMilliseconds:0} ms beside good ones");
    }

    private string Good(string name) => Sink.Url(name, WebhookBehaviour.Prompt);

    /// <summary>The p99 of a healthy receiver's calls, which nobody has heard of before.</summary>
    private async Task<TimeSpan> LatenessAsync(Installation installation, string name, Func<string, string> others)
    {
        await using var well = await WebhookSink.StartAsync(Token);
        await PostAsync(installation, Others, () => Random.Next(1, LastSecond), others, $"{name}-other");
        await PostAsync(installation, Healthy, () => Random.Next(1, LastSecond), timer => well.Url(timer, WebhookBehaviour.Prompt), name);
        await Eventually.BecomesAsync(
            "All who are well are called", _ => Task.FromResult(well.Arrivals.Count), static count => count == Healthy, Deadline, Token);

        var late = well.Arrivals.Select(static arrival => arrival.At - arrival.DueAt).Order().ToList();
        var p99 = late[(int)(0.99 * late.Count)];
        Log($"{name}: p50 {late[late.Count / 2].TotalMilliseconds:0} ms, p99 {p99.TotalMilliseconds:0} ms, most {late[^1].TotalMilliseconds:0} ms late");
        return p99;
    }
}
