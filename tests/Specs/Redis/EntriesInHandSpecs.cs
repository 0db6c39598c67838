using BusIngest.Bus.Progress;
using BusIngest.Bus.Redis;

namespace BusIngest.Specs.Redis;

public sealed class EntriesInHandSpecs : IDisposable
{
    private readonly EntriesInHand _hand = new(2, new WorkWatch(new FakeClock(), []).Add("relay"));
    private readonly List<string> _begun = [];

    public void Dispose() => _hand.Dispose();

    [Fact]
    public async Task Should_miss_what_is_neither_in_hand_nor_put_back()
    {
        await TakeAsync("1-0", "2-0");
        _hand.PutBack("1-0");

        Assert.Equal(["3-0"], _hand.FindLost(["1-0", "2-0", "3-0"], isAll: true));
    }

    [Fact]
    public async Task Should_forget_what_it_put_back_once_another_relay_has_it()
    {
        await TakeAsync("1-0");
        _hand.PutBack("1-0");
        Assert.Empty(_hand.FindLost([], isAll: false));
        Assert.Empty(_hand.FindLost(["1-0"], isAll: false));

        Assert.Empty(_hand.FindLost([], isAll: true));
        Assert.Equal(["1-0"], _hand.FindLost(["1-0"], isAll: true));
    }

    [Fact]
    public async Task Should_take_no_more_than_there_is_room_for_and_nothing_twice()
    {
        await TakeAsync("1-0");
        await TakeAsync("1-0");
        await TakeAsync("2-0");
        await TakeAsync("3-0");
        Assert.Equal(["1-0", "2-0"], _begun);

        _hand.LetGo("1-0");
        await TakeAsync("3-0");
        Assert.Equal(["1-0", "2-0", "3-0"], _begun);
    }

    private Task TakeAsync(params string[] ids) => _hand.TakeAsync(
        places => Task.FromResult(ids.Take(places).Select(id => new StreamEntry(id, [])).ToList()),
        TimeSpan.Zero,
        entry => _begun.Add(entry.Id),
        TestContext.Current.CancellationToken);
}
