using BusIngest.Support;
using BusIngest.Support.Timers;

namespace BusIngest.Faults.Timers;

/// <summary>A host that does not answer, and one that refuses, among others: they alone wait.</summary>
public sealed class DeadHostTests : TimerFaultTest
{
    private const int Dead = 200;
    private const int Alive = 100;

    /// <summary>Fewer, as each is tried five times, a break of 15 s apart.</summary>
    private const int Refused = 40;

    // Of the program's settings: so long after the first call the dead host's first try can be over.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan BreakerDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SettledDeadline = TimeSpan.FromMinutes(5);

    private static readonly IReadOnlyList<(string Name, string? Value)> Patient =
    [
        ("WEBHOOKS_ALLOWED_HOSTS", "127.0.0.1"),
        ("WEBHOOKS_SECRET", SignatureCheck.Secret),
        ("Webhooks__RetrySeconds", "1,1,2,2"),
        ("Webhooks__TimeoutMs", $"{Timeout.TotalMilliseconds:0}"),
    ];

    [Fact]
    public async Task Should_deliver_to_the_others_while_one_host_never_answers()
    {
        using var silent = new SilentPort();
        var installation = Install();
        await installation.StartAsync(Token, Patient);
        var api = new TimersApi(installation.Api, Ledger);
        var dead = await PostAsync(installation, Dead, static () => 2, name => new Uri(silent.Address, name).ToString(), "dead");
        var alive = await PostAsync(installation, Alive, static () => 3, name => Sink.Url(name, WebhookBehaviour.Prompt), "alive");

        await DeliveredAsync(Alive);
        Assert.All(await Task.WhenAll(dead.Select(timer => api.ErrorsAsync(timer.Id, Token))), Assert.Empty);

        await Eventually.HoldsAsync("A try is over", _ => AnyErrorAsync(api, dead, "timed out"), BreakerDeadline, Token);
        await PostAsync(installation, Alive, static () => 0, name => Sink.Url(name, WebhookBehaviour.Prompt), "later");
        await DeliveredAsync(2 * Alive);
        await SettledAsync(api, alive, "Finished");
        // What was put off is no try: each of them ended at the time limit.
        Assert.All(await Task.WhenAll(dead.Select(timer => api.ErrorsAsync(timer.Id, Token))), errors => Assert.All(errors, error => Assert.StartsWith("timed out", error, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Should_deliver_to_the_others_while_one_host_refuses()
    {
        var refusing = SilentPort.Refusing();
        var installation = Install();
        await installation.StartAsync(Token, Patient);
        var api = new TimersApi(installation.Api, Ledger);
        var dead = await PostAsync(installation, Refused, static () => 2, name => new Uri(refusing, name).ToString(), "dead");
        var alive = await PostAsync(installation, Alive, static () => 3, name => Sink.Url(name, WebhookBehaviour.Prompt), "alive");

        await DeliveredAsync(Alive);
        await SettledAsync(api, dead, "Failed");
        Log($"The last of {Alive} was {Sink.Arrivals.Max(static arrival => arrival.At - arrival.DueAt).TotalMilliseconds:0} ms late");
        // All tries of the schedule were made.
        Assert.All(await Task.WhenAll(dead.Select(timer => api.ErrorsAsync(timer.Id, Token))), errors => Assert.Equal(Enumerable.Repeat("connection refused", 5), errors, StringComparer.Ordinal));
        await SettledAsync(api, alive, "Finished");
        Assert.Equal(0, new StoredTimers(installation.DataDirectory).CountFailedMessages());
    }

    [Fact]
    public async Task Should_go_on_where_a_kill_cut_off_tries_of_a_host_that_never_answers()
    {
        using var silent = new SilentPort();
        var installation = Install();
        await installation.StartAsync(Token, Patient);
        var dead = await PostAsync(installation, 40, static () => 0, name => new Uri(silent.Address, name).ToString(), "dead");
        await PostAsync(installation, 40, static () => 0, name => Sink.Url(name, WebhookBehaviour.Prompt), "alive");
        await RandomMomentAsync("Kill", 500, 3_000);
        await KillAsync(installation);

        await installation.StartAsync(Token, Patient);

        await SettledAsync(new TimersApi(installation.Api, Ledger), dead, "Failed");
        var timers = new StoredTimers(installation.DataDirectory).All();
        Assert.All(timers, static timer => Assert.Equal(Enumerable.Range(1, timer.Attempts.Count), timer.Attempts.Select(static a => a.Attempt)));
        Assert.All(timers, static timer => Assert.Equal(timer.State is "Failed" ? 5 : 1, timer.Attempts.Count));
    }

    private async Task DeliveredAsync(int count) => await Eventually.BecomesAsync(
        $"{count} timers are delivered", _ => Task.FromResult(Sink.Arrivals.Count), called => called == count, SettledDeadline, Token);

    private static async Task<bool> AnyErrorAsync(TimersApi api, IReadOnlyList<PostedTimer> timers, string error)
    {
        var errors = await Task.WhenAll(timers.Select(timer => api.ErrorsAsync(timer.Id, Token)));
        return errors.SelectMany(static all => all).Any(one => one?.Contains(error, StringComparison.Ordinal) == true);
    }

    private static async Task SettledAsync(TimersApi api, IReadOnlyList<PostedTimer> timers, string status) => await Eventually.BecomesAsync(
        $"All are {status}",
        async token => string.Join(' ', (await Task.WhenAll(timers.Select(timer => api.StatusAsync(timer.Id, token)))).Distinct(StringComparer.Ordinal)),
        seen => string.Equals(seen, status, StringComparison.Ordinal),
        SettledDeadline,
        Token);
}
