using System.Text;
using BusIngest.Bus.Failures;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Failures;

public sealed class KeepingSpecs : FailureSpec
{
    [Fact]
    public async Task Should_keep_a_chunk_with_its_records()
    {
        var failed = await FailAsync(await StartAsync(), number: 7);

        Assert.Equal("""[{"number":7,"text":""}]""", Encoding.UTF8.GetString(failed.Body));
        Assert.Equal((nameof(NotesTaken), "alpha", 1), (failed.MessageType, failed.Endpoint, failed.Records));
    }

    [Fact]
    public async Task Should_keep_the_exception()
    {
        var failed = await FailAsync(await StartAsync());

        Assert.Equal(typeof(FormatException).FullName, failed.ExceptionType);
        Assert.Equal("on purpose", failed.ExceptionMessage);
        Assert.Contains(nameof(NoteReader), failed.ExceptionDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_keep_the_message_s_id_and_give_the_failure_one_of_its_own()
    {
        var process = await StartAsync();
        var entry = Inbox.InboxFile.Entry();
        Break();
        await process.Inbox.AppendAsync(entry, Token);

        var failed = Assert.Single(await FailuresAsync(process, 1));

        Assert.Equal(entry.MessageId, failed.MessageId);
        Assert.NotEqual(entry.MessageId, failed.Id);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 2)]
    [InlineData(3, 2)]
    public async Task Should_count_the_first_try_and_every_retry(int immediate, int spaced)
    {
        var retry = new RetryOptions { Immediate = immediate, Spaced = [.. Enumerable.Repeat(TimeSpan.FromMilliseconds(1), spaced)] };

        var failed = await FailAsync(await StartAsync(retry));

        Assert.Equal(1 + immediate + spaced, failed.Attempts);
        Assert.Equal(1 + immediate + spaced, Alpha.Begun.Count);
    }

    [Fact]
    public async Task Should_work_without_retries()
    {
        var failed = await FailAsync(await StartAsync(new RetryOptions { Immediate = 0, Spaced = [] }));

        Assert.Equal(1, failed.Attempts);
    }

    [Fact]
    public async Task Should_keep_nothing_when_a_later_try_succeeds()
    {
        var process = await StartAsync(new RetryOptions { Immediate = 2, Spaced = [] });
        var tries = 0;
        Alpha.Work = _ => ++tries < 3 ? throw new FormatException("not yet") : Task.CompletedTask;

        await process.PublishEachAsync(1);

        await UntilAsync("It is consumed", () => process.Inbox.Status.Messages == 0);
        Assert.Empty(process.Failures());
        Assert.Equal([1], Alpha.Done);
    }

    [Fact]
    public async Task Should_keep_failures_over_a_restart()
    {
        var earlier = await StartAsync();
        var failed = await FailAsync(earlier);
        await earlier.DisposeAsync();

        Assert.Equal(failed.Id, Assert.Single((await StartAsync()).Failures()).Id);
    }

    [Fact]
    public async Task Should_let_neighbours_through()
    {
        var process = await StartAsync();
        Alpha.Work = context => Encoding.UTF8.GetString(context.Message.Records).Contains("\"number\":2", StringComparison.Ordinal)
            ? throw new FormatException("on purpose")
            : Task.CompletedTask;

        await process.PublishEachAsync(1, 2, 3);

        Assert.Single(await FailuresAsync(process, 1));
        Assert.Equal([1, 3], Alpha.Done.Order());
    }

    [Fact]
    public async Task Should_keep_a_message_that_is_no_chunk_as_a_whole()
    {
        var process = await StartAsync();
        Remarks.IsDeaf = true;

        await SendAsync(process, "remarks", new Remark("hello"));

        var failed = Assert.Single(await FailuresAsync(process, 1));
        Assert.Equal((nameof(Remark), "remarks", 1), (failed.MessageType, failed.Endpoint, failed.Records));
        using var envelope = System.Text.Json.JsonDocument.Parse(failed.Body);
        Assert.Equal("hello", envelope.RootElement.GetProperty("message").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Should_keep_a_message_that_no_consumer_of_the_endpoint_takes()
    {
        var process = await StartAsync();

        await SendAsync(process, "alpha", new Remark("hello"));

        var failed = Assert.Single(await FailuresAsync(process, 1));
        Assert.Equal((nameof(Remark), "alpha", 1), (failed.MessageType, failed.Endpoint, failed.Attempts));
        Assert.Contains("takes this message", failed.ExceptionMessage, StringComparison.Ordinal);
    }
}
