using BusIngest.Bus.Outbox;

namespace BusIngest.Specs.Outbox;

public sealed class BackPressureSpecs : OutboxSpec
{
    private const int MostUnderWay = 2;

    [Fact]
    public async Task Should_have_two_chunks_under_way_and_send_one_for_each_that_is_answered()
    {
        _ = Publish(Open(new OutboxOptions { MaxChunkRecords = 1 }), Enumerable.Range(0, 100));

        await SentAsync(MostUnderWay);
        for (var answered = 0; answered < 20; answered++)
        {
            Lane.Sent[answered].Succeed();
            await SentAsync(answered + 1 + MostUnderWay);
            Assert.Equal(answered + 1 + MostUnderWay, Lane.Sent.Count);
        }
    }

    [Fact]
    public async Task Should_let_everyone_through_in_the_end()
    {
        var callers = Publish(Open(new OutboxOptions { MaxChunkRecords = 1 }), Enumerable.Range(0, 100));

        for (var answered = 0; answered < 100; answered++)
        {
            await SentAsync(answered + 1);
            Lane.Sent[answered].Succeed();
        }

        await Soon(Task.WhenAll(callers));
        Assert.Equal(Enumerable.Range(0, 100), Lane.Sent.SelectMany(chunk => chunk.Numbers).Order());
    }
}
