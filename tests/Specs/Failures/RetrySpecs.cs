using BusIngest.Bus.Failures;
using BusIngest.Bus.Outbox;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Failures;

public sealed class RetrySpecs : FailureSpec
{
    [Fact]
    public async Task Should_consume_it_once_and_forget_the_failure()
    {
        var process = await StartAsync();
        var failed = await FailAsync(process);
        Mend();

        Assert.True(await process.Get<IFailedMessages>().RetryAsync(failed.Id, Token));

        await FailuresAsync(process, 0);
        Assert.Equal([1], Alpha.Done);
    }

    [Fact]
    public async Task Should_know_it_no_more_at_a_second_retry()
    {
        var process = await StartAsync();
        var failed = await FailAsync(process);
        Mend();
        await process.Get<IFailedMessages>().RetryAsync(failed.Id, Token);

        Assert.False(await process.Get<IFailedMessages>().RetryAsync(failed.Id, Token));

        await FailuresAsync(process, 0);
        Assert.Equal([1], Alpha.Done);
    }

    [Fact]
    public async Task Should_have_effects_once_for_retries_at_the_same_time()
    {
        var process = await StartAsync();
        await process.CreateEffectsAsync();
        var failed = await FailAsync(process);
        Alpha.Work = context => context.AddEffectAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => process.Get<IFailedMessages>().RetryAsync(failed.Id, Token)));

        await FailuresAsync(process, 0);
        Assert.Equal(1, process.CountEffects());
    }

    [Fact]
    public async Task Should_know_no_failure_of_another_id()
    {
        var process = await StartAsync();

        Assert.False(await process.Get<IFailedMessages>().RetryAsync(Guid.NewGuid(), Token));
    }

    [Fact]
    public async Task Should_keep_it_anew_when_it_fails_again()
    {
        var process = await StartAsync();
        var failed = await FailAsync(process);

        await process.Get<IFailedMessages>().RetryAsync(failed.Id, Token);

        await UntilAsync("It is given up again", () => process.Failures() is [var one] && one.Id != failed.Id);
        var again = Assert.Single(await FailuresAsync(process, 1));
        Assert.Equal(failed.MessageId, again.MessageId);
        Assert.Equal(failed.Attempts, again.Attempts);
        Assert.True(again.Seq > failed.Seq);
    }

    [Fact]
    public async Task Should_lose_nothing_when_it_is_sent_again_as_soon_as_it_has_failed_again()
    {
        const int Rounds = 10;
        var process = await StartAsync(new RetryOptions { Immediate = 0, Spaced = [] });
        var failed = await FailAsync(process);
        for (var round = 0; round < Rounds; round++)
        {
            await process.Get<IFailedMessages>().RetryAsync(failed.Id, Token);
            var last = failed.Id;
            await UntilAsync("It is given up again", () => process.Failures() is [var one] && one.Id != last);
            failed = process.Failures()[0];
        }

        Mend();
        await process.Get<IFailedMessages>().RetryAsync(failed.Id, Token);

        await UntilAsync("It is consumed", () => Alpha.Done.Count == 1);
        await FailuresAsync(process, 0);
    }

    [Fact]
    public async Task Should_send_it_to_the_endpoint_that_gave_up_alone()
    {
        var process = await StartAsync();
        var failed = await FailAsync(process);
        Mend();

        await process.Get<IFailedMessages>().RetryAsync(failed.Id, Token);
        await FailuresAsync(process, 0);

        using var reader = process.InboxFile.OpenReader();
        var accepted = reader.Statement("SELECT messages FROM accepted WHERE message_type = 'NotesTaken'");
        accepted.Read();
        Assert.Equal(1, accepted.Number(0));
    }

    [Fact]
    public async Task Should_survive_a_kill_right_after_it()
    {
        var earlier = await StartAsync();
        var failed = await FailAsync(earlier);
        Alpha.Gate.Close();
        await earlier.Get<IFailedMessages>().RetryAsync(failed.Id, Token);
        earlier.Abandon();

        // The killed one's consumer stays at the closed gate; the next has its own.
        var readers = new NoteReaders();
        var process = Own(await BusProcess.StartAsync(Folder, NoteProcess.WithAlpha(readers)));

        await UntilAsync("It is consumed", () => readers.Alpha.Done.Count == 1);
        Assert.Empty(process.Failures());
    }

    [Fact]
    public async Task Should_consume_a_message_that_is_no_chunk()
    {
        var process = await StartAsync();
        Remarks.IsDeaf = true;
        await SendAsync(process, "remarks", new Remark("hello"));
        var failed = Assert.Single(await FailuresAsync(process, 1));
        Remarks.IsDeaf = false;

        await process.Get<IFailedMessages>().RetryAsync(failed.Id, Token);

        await FailuresAsync(process, 0);
        Assert.Equal(["hello"], Remarks.Heard);
    }

    [Fact]
    public async Task Should_leave_the_failure_when_the_inbox_cannot_be_written()
    {
        var process = await StartAsync();
        var failed = await FailAsync(process);

        using (await Storage.UnwritableFile.ReplaceAsync(process.InboxFile))
            await Assert.ThrowsAsync<OutboxUnavailableException>(() => process.Get<IFailedMessages>().RetryAsync(failed.Id, Token));

        Assert.Equal(failed.Id, Assert.Single(process.Failures()).Id);
    }
}
