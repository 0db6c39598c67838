using BusIngest.Bus.Failures;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Relays;

namespace BusIngest.Specs.Delivery;

/// <summary>What consumers sent, after a kill or a failure.</summary>
public sealed class OutgoingRestartSpecs : Spec
{
    private readonly Stations _stations = new();

    [Fact]
    public async Task Should_deliver_after_a_kill_what_was_committed_before_it_once()
    {
        var killed = new Stations();
        killed.First.Gate.Close();
        killed.Second.Gate.Close();
        killed.Relay.Work = (context, text) => context.Publish(new News(text), Token);
        var earlier = await StartAsync(killed);
        await earlier.RunErrandAsync("a");
        await UntilAsync("The news are in hand, and not consumed", () => killed.First.Heard.Count == 1 && killed.Second.Heard.Count == 1 && earlier.Inbox.Status.Messages == 0);
        earlier.Abandon();

        var process = Own(await StartAsync(_stations));

        await UntilAsync("Three effects are there, and nothing waits", () => process.CountEffects() == 3 && process.IsIdle());
        Assert.Equal(("a", "a"), (Assert.Single(_stations.First.Heard), Assert.Single(_stations.Second.Heard)));
        Assert.Empty(_stations.Relay.Heard);
    }

    [Fact]
    public async Task Should_not_hand_over_again_after_a_kill_what_one_of_two_endpoints_had_consumed()
    {
        var killed = new Stations();
        killed.Second.Gate.Close();
        killed.Relay.Work = (context, text) => context.Publish(new News(text), Token);
        var earlier = await StartAsync(killed);
        await earlier.RunErrandAsync("a");
        await UntilAsync(
            "One has consumed it, the other has it in hand",
            () => earlier.CountMarks("first") == 1 && killed.Second.Heard.Count == 1 && earlier.Inbox.Status.Messages == 0);
        earlier.Abandon();

        var process = Own(await StartAsync(_stations));

        await UntilAsync("Three effects are there, and nothing waits", () => process.CountEffects() == 3 && process.IsIdle());
        Assert.Equal(["a"], _stations.Second.Heard);
        Assert.Empty(_stations.First.Heard);
    }

    [Fact]
    public async Task Should_deliver_an_outgoing_message_again_that_was_given_up_when_it_is_retried()
    {
        var process = Own(await StartAsync(_stations));
        _stations.Relay.Work = (context, text) => context.Publish(new News(text), Token);
        _stations.First.Work = (_, _) => throw new FormatException("on purpose");
        await process.RunErrandAsync("a");
        await UntilAsync("It is given up at one endpoint", () => process.Failures().Count == 1 && process.IsIdle());
        var failed = Assert.Single(process.Failures());
        Assert.Equal(("first", nameof(News)), (failed.Endpoint, failed.MessageType));
        _stations.First.Work = (_, _) => Task.CompletedTask;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => process.Get<IFailedMessages>().RetryAsync(failed.Id, Token)));

        await UntilAsync("Nothing waits or has failed", () => process.Failures().Count == 0 && process.IsIdle());
        Assert.Equal(3, process.CountEffects());
        Assert.Single(_stations.Second.Heard);
    }

    private async Task<BusProcess> StartAsync(Stations stations) => await RelayProcess.StartAsync(Folder, RelayProcess.With(stations));
}
