using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Relays;
using MassTransit;

namespace BusIngest.Specs.Sagas.Counting;

/// <summary>What is kept of sagas.</summary>
public sealed class RepositorySpecs : CounterSpec
{
    private readonly CounterHooks _hooks = new();

    [Fact]
    public async Task Should_keep_the_changes_of_state_and_no_others()
    {
        var (process, id) = await OpenCounterAsync();
        await SendAsync(process, new Counted(id, "b"));
        await UntilCountsAsync(process, id, 2, 2);
        await SendAsync(process, new Paused(id, "c"));
        await UntilCountsAsync(process, id, 3, 2);

        Assert.Equal([(1L, nameof(Counted), "Initial", "Open"), (3L, nameof(Paused), "Open", "Resting")], History(process));
        var saga = Find(process, id)!;
        Assert.Equal(("counter", "Resting", "c"), (saga.Kind, saga.State, Read(saga).Text));
    }

    [Fact]
    public async Task Should_write_nothing_for_an_event_that_is_ignored()
    {
        var (process, id) = await OpenCounterAsync();
        var before = Find(process, id)!;

        await SendAsync(process, new Looked(id));

        await UntilAsync("It is consumed", () => process.CountRows("consumed_messages") == 2);
        var after = Find(process, id)!;
        Assert.Equal((before.Version, before.UpdatedAt, before.Document), (after.Version, after.UpdatedAt, after.Document));
        Assert.Empty(Log.Lines);
    }

    [Fact]
    public async Task Should_tell_the_machine_of_a_saga_that_is_missing()
    {
        var process = Own(await StartAsync(_hooks));

        await SendAsync(process, new Looked(Guid.NewGuid()));
        await SendAsync(process, new Ended(Guid.NewGuid()));

        await UntilAsync("Both are consumed", () => process.CountRows("consumed_messages") == 2);
        Assert.Equal(["missing"], _hooks.Seen);
        Assert.Equal(0, process.CountRows("sagas"));
        Assert.Empty(process.Failures());
        await UntilNoSlotsAsync(process);
    }

    [Fact]
    public async Task Should_leave_a_saga_as_it_was_when_an_activity_throws_and_go_on()
    {
        var (process, id) = await OpenCounterAsync();
        _hooks.OnEvent = (_, text) => text is "bad" ? throw new FormatException("on purpose") : Task.CompletedTask;

        await SendAsync(process, new Counted(id, "bad"));
        await UntilAsync("It is given up", () => process.Failures().Count == 1);
        Assert.Equal((1, 1), Counts(process, id));
        Assert.Equal("first", Read(Find(process, id)!).Text);
        await SendAsync(process, new Counted(id, "good"));

        await UntilCountsAsync(process, id, 2, 2);
        await UntilNoSlotsAsync(process);
    }

    [Fact]
    public async Task Should_make_no_saga_when_its_first_activity_throws()
    {
        var process = Own(await StartAsync(_hooks));
        _hooks.OnEvent = (_, _) => throw new FormatException("on purpose");

        await SendAsync(process, new Counted(Guid.NewGuid(), "bad"));

        await UntilAsync("It is given up", () => process.Failures().Count == 1);
        Assert.Equal(0, process.CountRows("sagas"));
        await UntilNoSlotsAsync(process);
    }

    [Fact]
    public async Task Should_try_again_when_the_row_was_changed_meanwhile_by_others()
    {
        var (process, id) = await OpenCounterAsync();
        var tries = 0;
        _hooks.OnEvent = async (_, _) =>
        {
            if (Interlocked.Increment(ref tries) == 1)
                await process.RunSqlAsync("UPDATE sagas SET version = 10, document = json_set(document, '$.count', 100)");
        };

        await SendAsync(process, new Counted(id, "b"));

        await UntilCountsAsync(process, id, 11, 101);
        Assert.Equal(2, tries);
        Assert.Empty(process.Failures());
    }

    [Fact]
    public async Task Should_delete_a_saga_that_is_completed_with_its_history()
    {
        var (process, id) = await OpenCounterAsync();
        var other = Guid.NewGuid();
        await SendAsync(process, new Counted(other, "other"));
        await UntilCountsAsync(process, other, 1, 1);

        await SendAsync(process, new Ended(id));

        await UntilAsync("It is gone", () => Find(process, id) is null);
        Assert.Single(History(process));
        await SendAsync(process, new Counted(id, "again"));
        await UntilCountsAsync(process, id, 1, 1);
        await UntilNoSlotsAsync(process);
    }

    [Fact]
    public async Task Should_read_a_document_of_an_earlier_form()
    {
        var (process, id) = await OpenCounterAsync();
        await process.RunSqlAsync($$"""UPDATE sagas SET document = '{"correlationId":"{{id}}","currentState":"Open","count":4,"bygone":[1]}'""");

        await SendAsync(process, new Counted(id, "b"));

        await UntilCountsAsync(process, id, 2, 5);
        Assert.Equal(1, Read(Find(process, id)!).SchemaVersion);
    }

    [Fact]
    public async Task Should_load_a_saga_for_anyone()
    {
        var (process, id) = await OpenCounterAsync();

        var saga = await process.Get<ILoadSagaRepository<Counter>>().Load(id);

        Assert.Equal((id, "Open", 1), (saga.CorrelationId, saga.CurrentState, saga.Count));
        Assert.Null(await process.Get<ILoadSagaRepository<Counter>>().Load(Guid.NewGuid()));
    }

    private async Task<(BusProcess Process, Guid Id)> OpenCounterAsync()
    {
        var process = Own(await StartAsync(_hooks));
        var id = Guid.NewGuid();
        await SendAsync(process, new Counted(id, "first"));
        await UntilCountsAsync(process, id, 1, 1);
        return (process, id);
    }
}
