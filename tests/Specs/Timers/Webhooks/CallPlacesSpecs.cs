using BusIngest.Workers.Timers.Webhooks.Gates;

namespace BusIngest.Specs.Timers.Webhooks;

/// <summary>Who may have how many calls open. The clock stands still unless a spec says so, and nothing is called.</summary>
public sealed class CallPlacesSpecs : WebhookSpec
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private readonly List<CallPlace> _taken = [];

    [Fact]
    public async Task Should_leave_room_for_who_answers_however_many_are_silent()
    {
        using var places = Places();
        var healthy = await AnsweringAsync(places, "10.0.0.1");
        await FloodAsync(places, 1_000, each: 32, port => $"10.1.{port / 250}.{port % 250}");

        Assert.InRange(_taken.Count, 100, CallPlaces.Most - 100);
        for (var i = 0; i < 8; i++)
            Assert.NotNull(await places.EnterAsync(healthy, "10.0.0.1", Token));
    }

    /// <summary>At the very same address, and each of the silent ones had answered before.</summary>
    [Fact]
    public async Task Should_leave_room_at_an_address_where_many_turn_silent()
    {
        using var places = Places();
        var healthy = await AnsweringAsync(places, "10.0.0.1");
        var turning = new List<Receiver>();
        for (var i = 0; i < 1_000; i++)
            turning.Add(await AnsweringAsync(places, "10.0.0.1"));
        for (var round = 0; round < 20; round++)
        {
            foreach (var receiver in turning)
                await TryAsync(places, receiver, "10.0.0.1");
            Clock.Advance(Slow);
        }

        Assert.True(_taken.Count < CallPlaces.Most, $"{_taken.Count} are taken");
        Assert.NotNull(await places.EnterAsync(healthy, "10.0.0.1", Token));
    }

    [Fact]
    public async Task Should_count_all_ports_and_names_of_an_address()
    {
        using var places = Places();
        await FloodAsync(places, 1_000, each: 1, _ => "10.0.0.1");
        var ofOne = _taken.Count;
        await FloodAsync(places, 1_000, each: 1, port => $"10.1.{port / 250}.{port % 250}");

        Assert.InRange(ofOne, 16, CallPlaces.Most / 2);
        Assert.True(_taken.Count > ofOne, "Others are let in");
    }

    [Fact]
    public async Task Should_give_a_chance_to_who_is_not_heard_of()
    {
        using var places = Places();
        await FloodAsync(places, 1_000, each: 4, port => $"10.1.{port / 250}.{port % 250}");
        Clock.Advance(TimeSpan.FromSeconds(10));
        foreach (var place in _taken)
            places.Leave(place, hasAnswered: false);
        await FloodAgainAsync(places);

        Assert.NotNull(await places.EnterAsync(New("newcomer"), "10.0.0.9", Token));
    }

    [Fact]
    public async Task Should_let_the_least_busy_in_first()
    {
        using var places = new CallPlaces(Options with { MaxConcurrencyPerHost = 1 }, Clock);
        var (one, other) = (await AnsweringAsync(places, "10.0.0.1"), await AnsweringAsync(places, "10.0.0.2"));
        var (held, heldToo) = (await places.EnterAsync(one, "10.0.0.1", Token), await places.EnterAsync(other, "10.0.0.2", Token));
        var (first, second) = (places.EnterAsync(one, "10.0.0.1", Token).AsTask(), places.EnterAsync(other, "10.0.0.2", Token).AsTask());
        Assert.False(first.IsCompleted || second.IsCompleted);

        places.Leave(heldToo!, hasAnswered: true);

        Assert.NotNull(await Soon(second));
        Assert.False(first.IsCompleted);
        places.Leave(held!, hasAnswered: true);
        Assert.NotNull(await Soon(first));
    }

    [Fact]
    public async Task Should_give_all_places_back()
    {
        using var places = Places();
        await FloodAsync(places, 100, each: 8, port => $"10.1.0.{port}");
        Clock.Advance(Slow);
        var taken = _taken.Count;
        foreach (var place in _taken)
            places.Leave(place, hasAnswered: true);
        _taken.Clear();
        await FloodAsync(places, 100, each: 8, port => $"10.1.0.{port}");

        Assert.Equal(taken, _taken.Count);
    }

    [Fact]
    public async Task Should_put_off_for_longer_the_more_are_put_off()
    {
        using var places = Places();
        var receiver = await KnownAsync(places, "10.0.0.1", hasAnswered: false);
        var pauses = Enumerable.Range(0, 2_000).Select(_ => places.PutOff(receiver, Deferral.Shortest)).ToList();

        Assert.InRange(pauses[0], Deferral.Shortest, 2 * Deferral.Shortest);
        Assert.InRange(pauses[100], TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(13));
        Assert.All(pauses[1_000..], pause => Assert.InRange(pause, Deferral.Longest / 2, Deferral.Longest + (2 * Deferral.Shortest)));
    }

    private CallPlaces Places() => new(Options, Clock);

    private Receiver New(string host) => new(host, Options.Breaker, Clock);

    private Task<Receiver> AnsweringAsync(CallPlaces places, string address) => KnownAsync(places, address, hasAnswered: true);

    private async Task<Receiver> KnownAsync(CallPlaces places, string address, bool hasAnswered)
    {
        var receiver = New(address);
        places.Leave((await places.EnterAsync(receiver, address, Token))!, hasAnswered);
        return receiver;
    }

    /// <summary>Receivers that nobody has heard of, and of which none answers, come again and again.</summary>
    private async Task FloodAsync(CallPlaces places, int receivers, int each, Func<int, string> address)
    {
        var flood = Enumerable.Range(0, receivers).Select(port => (Receiver: New($"flood:{port}"), Address: address(port))).ToList();
        for (var round = 0; round < each; round++)
        {
            foreach (var (receiver, at) in flood)
                await TryAsync(places, receiver, at);
            Clock.Advance(TimeSpan.FromMilliseconds(300));
        }
    }

    private async Task FloodAgainAsync(CallPlaces places)
    {
        var known = _taken.Select(place => place.Receiver).Distinct().ToList();
        _taken.Clear();
        foreach (var receiver in known)
            await TryAsync(places, receiver, receiver.Address);
    }

    /// <summary>Whoever has to wait goes away.</summary>
    private async Task TryAsync(CallPlaces places, Receiver receiver, string address)
    {
        using var away = new CancellationTokenSource();
        var entering = places.EnterAsync(receiver, address, away.Token).AsTask();
        if (!entering.IsCompleted)
            await away.CancelAsync();
        try
        {
            if (await entering is { } place)
                _taken.Add(place);
        }
        catch (OperationCanceledException)
        {
            // It would have waited.
        }
    }
}
