using BusIngest.Bus.Delivery;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Storage;

namespace BusIngest.Specs.Sagas.Counting;

/// <summary>Events that go on from what an earlier one made of the saga before that is committed, and turns out void.</summary>
public sealed class UncommittedSpecs : CounterSpec
{
    private readonly CounterHooks _hooks = new();

    [Fact]
    public async Task Should_count_again_what_was_built_on_an_event_that_is_refused()
    {
        var (process, id) = await OpenCounterAsync();
        await process.RefuseAsync("poison");
        await using (new HeldWriter(process.MainFile.Writer))
        {
            await SendInTurnAsync(process, new Counted(id, "poison"), "poison");
            await SendInTurnAsync(process, new Counted(id, "a"), "a");
            await SendInTurnAsync(process, new Counted(id, "b"), "b");
        }

        await UntilCountsAsync(process, id, 3, 3);
        await UntilAsync("The refused one is given up", () => process.Failures().Count == 1);
        Assert.Equal((3, 3), Counts(process, id));
    }

    [Fact]
    public async Task Should_not_settle_an_event_that_changed_nothing_by_a_state_that_never_was()
    {
        var (process, id) = await OpenCounterAsync();
        await process.RefuseAsync("pause");
        await using (new HeldWriter(process.MainFile.Writer))
        {
            await SendInTurnAsync(process, new Paused(id, "pause"), "pause");
            // To a counter that rests it makes no difference; but this one will not rest.
            await SendInTurnAsync(process, new Counted(id, "a"), "a");
        }

        await UntilAsync("The refused one is given up", () => process.Failures().Count == 1);
        await UntilCountsAsync(process, id, 2, 2);
    }

    [Fact]
    public async Task Should_not_miss_a_saga_whose_end_is_refused()
    {
        var (process, id) = await OpenCounterAsync();
        await using (new HeldWriter(process.MainFile.Writer))
        {
            var ends = 0;
            _hooks.OnEvent = (context, _) =>
            {
                if (Interlocked.Increment(ref ends) == 1)
                    context.Transaction().Write(1, _ => throw new FormatException("on the writer"));
                return Task.CompletedTask;
            };
            await SendInTurnAsync(process, new Paused(id, "pause"), "pause");
            await SendAsync(process, new Ended(id));
            await SendInTurnAsync(process, new Counted(id, "a"), "a");
        }

        // All three count in the end, in whichever order the retries come.
        await UntilNoSlotsAsync(process);
        Assert.Empty(process.Failures());
        Assert.InRange(Counts(process, id).Count, 0, 2);
    }

    private async Task<(BusProcess Process, Guid Id)> OpenCounterAsync()
    {
        var process = Own(await StartAsync(_hooks));
        var id = Guid.NewGuid();
        await SendAsync(process, new Counted(id, "first"));
        await UntilCountsAsync(process, id, 1, 1);
        await UntilNoSlotsAsync(process);
        return (process, id);
    }

    /// <summary>Sends an event, and waits until it has had its turn.</summary>
    private async Task SendInTurnAsync<T>(BusProcess process, T message, string text)
        where T : class
    {
        await SendAsync(process, message);
        await UntilAsync($"'{text}' has its turn", () => _hooks.Seen.Contains(text, StringComparer.Ordinal));
    }
}
