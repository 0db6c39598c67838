using System.Text;
using BusIngest.Contracts.Cars;
using BusIngest.Specs.Notes;

namespace BusIngest.Specs.Outbox;

public sealed class CoalescingSpecs : OutboxSpec
{
    [Fact]
    public async Task Should_send_a_lone_record_though_no_time_passes()
    {
        _ = Open().PublishAsync(new Note(1), Token);

        await SentAsync(1);
        Assert.Equal([1], Assert.Single(Lane.Sent).Numbers);
    }

    [Fact]
    public async Task Should_put_the_records_of_waiting_callers_into_one_chunk()
    {
        var outbox = Open();
        _ = await BusyAsync(outbox);
        _ = Publish(outbox, 1, 2, 3, 4, 5);

        Lane.Sent[0].Succeed();

        await SentAsync(3);
        Assert.Equal([1, 2, 3, 4, 5], Lane.Sent[2].Numbers);
        Assert.Equal(5, Lane.Sent[2].Count);
    }

    [Fact]
    public async Task Should_complete_a_caller_when_its_own_chunk_is_durable()
    {
        var outbox = Open();
        var callers = await BusyAsync(outbox);

        Lane.Sent[1].Succeed();

        await Soon(callers[1]);
        Assert.False(callers[0].IsCompleted);
        Lane.Sent[0].Succeed();
        await Soon(callers[0]);
    }

    [Fact]
    public async Task Should_complete_all_callers_of_a_chunk()
    {
        var outbox = Open();
        _ = await BusyAsync(outbox);
        var callers = Publish(outbox, 1, 2, 3);
        Lane.Sent[0].Succeed();
        await SentAsync(3);
        Assert.All(callers, caller => Assert.False(caller.IsCompleted));

        Lane.Sent[2].Succeed();

        await Soon(Task.WhenAll(callers));
    }

    [Fact]
    public async Task Should_write_records_as_a_json_array()
    {
        _ = Open().PublishAsync([new Note(1, "a \"quoted\" Łódź"), new Note(2)], Token);

        await SentAsync(1);
        Assert.Equal(
            """[{"number":1,"text":"a \u0022quoted\u0022 \u0141\u00F3d\u017A"},{"number":2,"text":""}]""",
            Encoding.UTF8.GetString(Lane.Sent[0].Records));
    }

    [Fact]
    public async Task Should_name_the_message_and_give_it_an_id()
    {
        _ = await BusyAsync(Open());

        Assert.All(Lane.Sent, chunk => Assert.Equal(nameof(NotesTaken), chunk.MessageType));
        Assert.NotEqual(Lane.Sent[0].MessageId, Lane.Sent[1].MessageId);
    }

    [Fact]
    public async Task Should_keep_kinds_of_records_apart()
    {
        var outbox = Open();
        _ = await BusyAsync(outbox);

        _ = outbox.PublishAsync(ACar(price: 1), Token);

        await SentAsync(3);
        Assert.Equal(nameof(CarGenerated), Lane.Sent[2].MessageType);
    }

    [Fact]
    public async Task Should_complete_at_once_when_there_is_nothing_to_publish()
    {
        await Soon(Open().PublishAsync(Notes(1, 0), Token));

        Assert.Empty(Lane.Sent);
    }

    [Fact]
    public async Task Should_refuse_a_record_that_has_no_message_to_travel_in()
    {
        var outbox = Open();

        Assert.Contains(
            nameof(Remark), (await Assert.ThrowsAsync<InvalidOperationException>(() => outbox.PublishAsync(new Remark(""), Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_fail_only_the_caller_whose_record_cannot_be_written()
    {
        var outbox = Open();
        Lane.Answers = true;

        await Assert.ThrowsAsync<ArgumentException>(() => outbox.PublishAsync(ACar(price: double.NaN), Token));

        await Soon(outbox.PublishAsync(ACar(price: 1), Token));
        Assert.Equal(1, Assert.Single(Lane.Sent).Count);
    }

    private static Car ACar(double price) => new(Guid.Empty, "volvo", "240", 1990, price, "Göteborg", FakeClock.Start);
}
