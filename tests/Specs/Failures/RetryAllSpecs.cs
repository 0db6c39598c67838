using BusIngest.Bus.Failures;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Failures;

public sealed class RetryAllSpecs : FailureSpec
{
    [Fact]
    public async Task Should_send_all_again()
    {
        var process = await StartAsync();
        Break();
        await process.PublishEachAsync(Enumerable.Range(0, 120));
        await FailuresAsync(process, 120);
        Mend();

        Assert.Equal(120, await process.Get<IFailedMessages>().RetryAllAsync(messageType: null, Token));

        await FailuresAsync(process, 0);
        Assert.Equal(Enumerable.Range(0, 120), Alpha.Done.Order());
    }

    [Fact]
    public async Task Should_send_all_of_one_type_again()
    {
        var process = await StartAsync();
        await FailAsync(process, 1);
        await FailAsync(process, 2);
        Remarks.IsDeaf = true;
        await SendAsync(process, "remarks", new Remark("hello"));
        await FailuresAsync(process, 3);
        Mend();

        Assert.Equal(2, await process.Get<IFailedMessages>().RetryAllAsync(nameof(NotesTaken), Token));

        Assert.Equal(nameof(Remark), Assert.Single(await FailuresAsync(process, 1)).MessageType);
        Assert.Equal([1, 2], Alpha.Done.Order());
    }

    [Fact]
    public async Task Should_end_though_all_fail_again()
    {
        var process = await StartAsync();
        Break();
        await process.PublishEachAsync(Enumerable.Range(0, 60));
        var before = await FailuresAsync(process, 60);

        Assert.Equal(60, await Soon(process.Get<IFailedMessages>().RetryAllAsync(messageType: null, Token)));

        await UntilAsync("All have failed again", () => process.Failures() is { Count: 60 } now && now[0].Seq > before[^1].Seq);
    }

    [Fact]
    public async Task Should_send_none_of_an_unknown_type()
    {
        var process = await StartAsync();
        await FailAsync(process);

        Assert.Equal(0, await process.Get<IFailedMessages>().RetryAllAsync("NoSuchType", Token));

        Assert.Single(process.Failures());
    }
}
