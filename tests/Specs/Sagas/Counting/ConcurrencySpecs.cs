using BusIngest.Bus.Failures;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Relays;

namespace BusIngest.Specs.Sagas.Counting;

/// <summary>Many events at once.</summary>
public sealed class ConcurrencySpecs : CounterSpec
{
    [Fact]
    public async Task Should_count_every_one_of_many_events_of_one_saga_without_a_conflict()
    {
        var process = Own(await StartAsync());
        var id = Guid.NewGuid();

        await CountAsync(process, Enumerable.Range(0, 1_000).Select(number => new Counted(id, $"{number}")));

        await UntilCountsAsync(process, id, 1_000, 1_000);
        await UntilIdleAsync(process);
        Assert.Empty(process.Failures());
        Assert.Empty(Log.Lines);
        Assert.Equal([(1L, nameof(Counted), "Initial", "Open")], History(process));
        await UntilNoSlotsAsync(process);
    }

    [Fact]
    public async Task Should_count_every_event_of_many_sagas()
    {
        var process = Own(await StartAsync());
        var ids = Enumerable.Range(0, 100).Select(_ => Guid.NewGuid()).ToList();

        await CountAsync(process, Enumerable.Range(0, 50).SelectMany(number => ids.Select(id => new Counted(id, $"{number}"))));

        await UntilIdleAsync(process);
        Assert.All(ids, id => Assert.Equal((50, 50), Counts(process, id)));
        Assert.Empty(Log.Lines);
        await UntilNoSlotsAsync(process);
    }

    [Fact]
    public async Task Should_count_an_event_once_that_comes_many_times_at_once()
    {
        var process = Own(await StartAsync());
        var (id, messageId) = (Guid.NewGuid(), Guid.NewGuid());
        for (var i = 0; i < 20; i++)
        {
            await SendAsync(process, new Counted(id, "twice"), messageId);
            await SendAsync(process, new Counted(id, $"{i}"));
        }

        await UntilCountsAsync(process, id, 21, 21);
        await UntilNoSlotsAsync(process);
        Assert.Equal((21, 21), Counts(process, id));
        Assert.Empty(process.Failures());
    }

    [Fact]
    public async Task Should_count_exactly_though_the_process_is_killed_in_mid_stream()
    {
        var killed = new CounterHooks();
        var never = new TaskCompletionSource();
        var left = 150;
        killed.OnEvent = (_, _) => Interlocked.Decrement(ref left) >= 0 ? Task.CompletedTask : never.Task;
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();
        var earlier = await StartAsync(killed);
        await CountAsync(earlier, Enumerable.Range(0, 60).SelectMany(number => ids.Select(id => new Counted(id, $"{number}"))));
        await UntilAsync("Half is counted", () => ids.Sum(id => Counts(earlier, id).Count) == 150 && ids.TrueForAll(id => Counts(earlier, id).Count > 0));
        earlier.Abandon();

        var process = Own(await StartAsync());

        // What waits can't be asked: the killed process still removes what it had consumed.
        await UntilAsync("All are counted", () => process.CountRows("consumed_messages") == 300);
        Assert.All(ids, id => Assert.Equal((60, 60), Counts(process, id)));
    }

    [Fact]
    public async Task Should_keep_an_event_alone_whose_transaction_is_refused_and_count_those_beside_it()
    {
        var process = Own(await StartAsync(retry: new RetryOptions { Immediate = 3, Spaced = [TimeSpan.FromMilliseconds(50)] }));
        await process.RefuseAsync("poison");
        var id = Guid.NewGuid();

        await CountAsync(process, Enumerable.Range(0, 300).Select(number => new Counted(id, number % 50 == 25 ? "poison" : $"{number}")));

        await UntilIdleAsync(process);
        Assert.Equal((294, 294), Counts(process, id));
        Assert.Equal(6, process.Failures().Count);
        Assert.All(process.Failures(), failed => Assert.Contains("poison", System.Text.Encoding.UTF8.GetString(failed.Body), StringComparison.Ordinal));
        await UntilNoSlotsAsync(process);
    }

    [Fact]
    public async Task Should_count_what_was_given_up_when_it_is_retried()
    {
        var process = Own(await StartAsync());
        await process.RefuseAsync("poison");
        var id = Guid.NewGuid();
        await CountAsync(process, Enumerable.Range(0, 20).Select(number => new Counted(id, number % 10 == 5 ? "poison" : $"{number}")));
        await UntilIdleAsync(process);

        await process.AllowAsync();
        await process.Get<IFailedMessages>().RetryAllAsync(messageType: null, Token);

        await UntilCountsAsync(process, id, 20, 20);
        await UntilIdleAsync(process);
        Assert.Empty(process.Failures());
    }
}
