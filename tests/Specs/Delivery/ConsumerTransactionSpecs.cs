using BusIngest.Bus.Delivery;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using MassTransit;

namespace BusIngest.Specs.Delivery;

public sealed class ConsumerTransactionSpecs : Spec
{
    private readonly NoteReaders _readers = new();

    [Fact]
    public async Task Should_store_the_effects_and_the_mark()
    {
        var process = await StartAsync();
        _readers.Alpha.Work = context => context.AddEffectAsync();

        await process.PublishEachAsync(1);

        await UntilEffectsAndMarksAsync(process, 1, 1);
    }

    [Fact]
    public async Task Should_store_neither_when_the_effects_throw()
    {
        var process = await StartAsync();
        _readers.Alpha.Work = context => context.AddEffectAsync(then: () => throw new FormatException("after the row"));

        await process.PublishEachAsync(1);

        await UntilAsync("It is given up", () => process.Inbox.Status.Messages == 0);
        Assert.Equal((0, 0), (process.CountEffects(), process.CountMarks("alpha")));
    }

    [Fact]
    public async Task Should_store_neither_when_the_consumer_throws_after_it_has_added_effects()
    {
        var process = await StartAsync();
        _readers.Alpha.Work = async context =>
        {
            await context.AddEffectAsync();
            throw new FormatException("on purpose");
        };

        await process.PublishEachAsync(1);

        await UntilAsync("It is given up", () => process.Inbox.Status.Messages == 0);
        Assert.Equal((0, 0), (process.CountEffects(), process.CountMarks("alpha")));
    }

    [Fact]
    public async Task Should_have_effects_at_a_later_try()
    {
        var process = await StartAsync();
        var tries = 0;
        _readers.Alpha.Work = context => context.AddEffectAsync(then: () =>
        {
            if (++tries == 1)
                throw new FormatException("on purpose");
        });

        await process.PublishEachAsync(1);

        await UntilEffectsAndMarksAsync(process, 1, 1);
    }

    [Fact]
    public async Task Should_have_no_effects_for_a_message_that_comes_again()
    {
        var process = await StartAsync();
        var repeats = 0;
        _readers.Alpha.Work = context =>
        {
            context.Transaction().WriteIfRepeated(_ => Interlocked.Increment(ref repeats));
            return context.AddEffectAsync();
        };
        var id = Guid.NewGuid();

        await SendAsync(process, "alpha", id);
        await UntilEffectsAndMarksAsync(process, 1, 1);
        await SendAsync(process, "alpha", id);

        await UntilAsync("It is known as a repeat", () => Volatile.Read(ref repeats) == 1);
        Assert.Equal((1, 1), (process.CountEffects(), process.CountMarks("alpha")));
    }

    [Fact]
    public async Task Should_not_hand_a_message_that_comes_again_to_a_consumer_that_may_do_more_than_write()
    {
        var listener = new RemarkListener();
        var process = Own(await BusProcess.StartAsync(Folder, RemarkProcess.With(listener)));
        var id = Guid.NewGuid();

        await process.RemarkAsync("first", id);
        await UntilAsync("It is marked", () => process.CountMarks("remarks") == 1);
        await process.RemarkAsync("first, again", id);
        await process.RemarkAsync("second", Guid.NewGuid());

        await UntilAsync("The second is marked", () => process.CountMarks("remarks") == 2);
        Assert.Equal(["first", "second"], listener.Heard);
    }

    [Fact]
    public async Task Should_have_effects_at_each_endpoint()
    {
        var process = await StartAsync();
        _readers.Alpha.Work = _readers.Beta.Work = context => context.AddEffectAsync();
        var id = Guid.NewGuid();

        await SendAsync(process, "alpha", id);
        await SendAsync(process, "beta", id);

        await UntilAsync("It came to both", () => process.CountEffects() == 2);
        Assert.Equal((1, 1), (process.CountMarks("alpha"), process.CountMarks("beta")));
    }

    [Fact]
    public async Task Should_have_effects_once_for_deliveries_at_the_same_time()
    {
        var process = await StartAsync();
        var repeats = 0;
        _readers.Alpha.Work = context =>
        {
            context.Transaction().WriteIfRepeated(_ => Interlocked.Increment(ref repeats));
            return context.AddEffectAsync();
        };
        _readers.Alpha.Gate.Close();
        var id = Guid.NewGuid();
        for (var i = 0; i < 8; i++)
            await SendAsync(process, "alpha", id);
        await UntilAsync("All are in hand", () => _readers.Alpha.Begun.Count == 8);

        _readers.Alpha.Gate.Open();

        await UntilAsync("All are done", () => Volatile.Read(ref repeats) == 7);
        Assert.Equal((1, 1), (process.CountEffects(), process.CountMarks("alpha")));
    }

    private async Task<BusProcess> StartAsync()
    {
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithBoth(_readers)));
        await process.CreateEffectsAsync();
        return process;
    }

    private static Task UntilEffectsAndMarksAsync(BusProcess process, long effects, long marks) => UntilAsync(
        $"There are {effects} effects and {marks} marks", () => (process.CountEffects(), process.CountMarks("alpha")) == (effects, marks));

    private static async Task SendAsync(BusProcess process, string endpoint, Guid messageId)
    {
        var queue = await process.Get<IBus>().GetSendEndpoint(new Uri($"queue:{endpoint}"));
        await queue.Send(new NotesTaken(1, """[{"number":1,"text":""}]"""u8.ToArray()), context => context.MessageId = messageId, Token);
    }
}
