using BusIngest.Bus.Progress;
using BusIngest.Workers.Timers.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Timers.Webhooks;

/// <summary>Whether the deliverer of webhooks is seen to stand still.</summary>
public sealed class StandstillSpecs : WebhookSpec
{
    private static readonly WebhookOptions Slow = Options with { Timeout = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task Should_be_told_when_calls_are_in_hand_and_none_ends_for_half_a_minute()
    {
        var stub = await StubAsync();
        stub.Answer = WebhookStub.Hang;
        var services = Services(Slow, Clock);
        var watch = services.GetRequiredService<WorkWatch>();
        var sending = services.GetRequiredService<WebhookSender>().SendAsync(To(stub.Url()), Token);
        await UntilAsync("It is being called", () => stub.InHand == 1);
        Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(watch.Troubles);

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["deliverer of webhooks has work and has moved nothing for 30 s."], watch.Troubles);

        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(WebhookResult.Failed, (await Soon(sending)).Result);
        Assert.Empty(watch.Troubles);
    }

    /// <summary>There is room for one call, and it does not end: all others are put off, again and again.</summary>
    [Fact]
    public async Task Should_be_told_when_there_is_no_place_for_half_a_minute()
    {
        var stub = await StubAsync();
        stub.Answer = WebhookStub.Hang;
        var services = Services(Slow with { MaxConcurrencyPerHost = 1 }, Clock);
        var (watch, sender) = (services.GetRequiredService<WorkWatch>(), services.GetRequiredService<WebhookSender>());
        var sending = sender.SendAsync(To(stub.Url()), Token);
        await UntilAsync("It is being called", () => stub.InHand == 1);

        for (var seconds = 0; seconds < 30; seconds += 10)
        {
            Assert.Empty(watch.Troubles);
            var putOff = sender.SendAsync(To(stub.Url()), Token);
            Clock.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(DeferralReason.Busy, (await Soon(putOff)).DeferredBecause);
        }

        Assert.Single(watch.Troubles);
        Clock.Advance(TimeSpan.FromSeconds(30));
        await Soon(sending);
        Assert.Empty(watch.Troubles);
    }
}
