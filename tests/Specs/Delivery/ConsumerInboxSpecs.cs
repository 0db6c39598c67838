using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using MassTransit;

namespace BusIngest.Specs.Delivery;

public sealed class ConsumerInboxSpecs : Spec
{
    private readonly NoteReaders _readers = new();

    [Fact]
    public async Task Should_store_the_effects_and_the_mark()
    {
        var process = await StartAsync();
        _readers.Alpha.Work = context => process.AddEffectOnceAsync(context);

        await process.PublishEachAsync(1);

        await UntilAsync("It is consumed", () => _readers.Alpha.Done.Count == 1);
        Assert.Equal((1, 1), (process.CountEffects(), process.CountMarks()));
    }

    [Fact]
    public async Task Should_store_neither_when_the_effects_throw()
    {
        var process = await StartAsync();
        _readers.Alpha.Work = context => process.AddEffectOnceAsync(context, then: () => throw new FormatException("after the row"));

        await process.PublishEachAsync(1);

        await UntilAsync("It is given up", () => process.Inbox.Status.Messages == 0);
        Assert.Equal((0, 0), (process.CountEffects(), process.CountMarks()));
    }

    [Fact]
    public async Task Should_have_effects_at_a_later_try()
    {
        var process = await StartAsync();
        var tries = 0;
        _readers.Alpha.Work = context => process.AddEffectOnceAsync(context, then: () =>
        {
            if (++tries == 1)
                throw new FormatException("on purpose");
        });

        await process.PublishEachAsync(1);

        await UntilAsync("It is consumed", () => _readers.Alpha.Done.Count == 1);
        Assert.Equal((1, 1), (process.CountEffects(), process.CountMarks()));
    }

    [Fact]
    public async Task Should_have_no_effects_for_a_message_that_comes_again()
    {
        var process = await StartAsync();
        var firsts = new List<bool>();
        _readers.Alpha.Work = async context => firsts.Add(await process.AddEffectOnceAsync(context));
        var id = Guid.NewGuid();

        await SendAsync(process, "alpha", id);
        await UntilAsync("It came", () => _readers.Alpha.Done.Count == 1);
        await SendAsync(process, "alpha", id);
        await UntilAsync("It came again", () => _readers.Alpha.Done.Count == 2);

        Assert.Equal([true, false], firsts);
        Assert.Equal((1, 1), (process.CountEffects(), process.CountMarks()));
    }

    [Fact]
    public async Task Should_have_effects_at_each_endpoint()
    {
        var process = await StartAsync();
        _readers.Alpha.Work = _readers.Beta.Work = context => process.AddEffectOnceAsync(context);
        var id = Guid.NewGuid();

        await SendAsync(process, "alpha", id);
        await SendAsync(process, "beta", id);

        await UntilAsync("It came to both", () => _readers.Alpha.Done.Count + _readers.Beta.Done.Count == 2);
        Assert.Equal((2, 2), (process.CountEffects(), process.CountMarks()));
    }

    [Fact]
    public async Task Should_have_effects_once_for_deliveries_at_the_same_time()
    {
        var process = await StartAsync();
        _readers.Alpha.Work = context => process.AddEffectOnceAsync(context);
        _readers.Alpha.Gate.Close();
        var id = Guid.NewGuid();
        for (var i = 0; i < 8; i++)
            await SendAsync(process, "alpha", id);
        await UntilAsync("All are in hand", () => _readers.Alpha.Begun.Count == 8);

        _readers.Alpha.Gate.Open();

        await UntilAsync("All are done", () => _readers.Alpha.Done.Count == 8);
        Assert.Equal((1, 1), (process.CountEffects(), process.CountMarks()));
    }

    private async Task<BusProcess> StartAsync()
    {
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithBoth(_readers)));
        await process.CreateEffectsAsync();
        return process;
    }

    private static async Task SendAsync(BusProcess process, string endpoint, Guid messageId)
    {
        var queue = await process.Get<IBus>().GetSendEndpoint(new Uri($"queue:{endpoint}"));
        await queue.Send(new NotesTaken(1, """[{"number":1,"text":""}]"""u8.ToArray()), context => context.MessageId = messageId, Token);
    }
}
