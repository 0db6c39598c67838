using System.Net;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Idempotency;

public sealed class ReplaySpecs : Spec
{
    [Fact]
    public async Task Should_give_the_first_answer_again_and_store_once()
    {
        var service = await StartAsync();

        var first = await service.PostKeyedAsync("k", CarText.Good);
        var second = await service.PostKeyedAsync("k", CarText.Good);

        Assert.Single(first.Ids());
        Assert.False(first.IsReplayed);
        Assert.Equal(first with { IsReplayed = true }, second);
        Assert.Equal(1, (await service.AtRestAsync()).Generated);
    }

    [Fact]
    public async Task Should_give_it_again_after_a_restart()
    {
        KeyedAnswer first;
        await using (var earlier = await RunningService.StartAsync(RunningService.SettingsIn(Folder)))
            first = await earlier.PostKeyedAsync("k", CarText.Good);

        var service = await StartAsync();

        Assert.Equal(first with { IsReplayed = true }, await service.PostKeyedAsync("k", CarText.Good));
        Assert.Equal(1, (await service.AtRestAsync()).Generated);
    }

    [Fact]
    public async Task Should_store_once_what_comes_many_times_at_once()
    {
        var service = await StartAsync();
        var body = CarText.Array(CarText.Good, CarText.Good);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => service.PostKeyedAsync("k", body)));

        Assert.All(answers, answer => Assert.Equal(answers[0].Ids(), answer.Ids()));
        Assert.Equal(2, (await service.AtRestAsync()).Stored);
    }

    [Fact]
    public async Task Should_refuse_another_body_and_do_nothing()
    {
        var service = await StartAsync();
        await service.PostKeyedAsync("k", CarText.Good);

        var other = await service.PostKeyedAsync("k", CarText.With("year", "2020"));

        Assert.Equal((HttpStatusCode.Conflict, "application/problem+json"), (other.Status, other.MediaType));
        Assert.Equal(1, (await service.AtRestAsync()).Generated);
    }

    [Fact]
    public async Task Should_tell_keys_and_routes_apart()
    {
        var service = await StartAsync();

        var ids = (await service.PostKeyedAsync("k", CarText.Good)).Ids();
        ids.AddRange((await service.PostKeyedAsync("K", CarText.Good)).Ids());
        var stopped = await service.SendKeyedAsync(HttpMethod.Post, "cars/seeder/stop", "k");

        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal((HttpStatusCode.OK, false), (stopped.Status, stopped.IsReplayed));
    }

    [Fact]
    public async Task Should_heed_keys_of_posts_only()
    {
        var service = await StartAsync();

        var empty = await service.SendKeyedAsync(HttpMethod.Get, "cars", "k");
        await service.StoreCarsAsync(CarText.Good);
        var one = await service.SendKeyedAsync(HttpMethod.Get, "cars", "k");

        Assert.NotEqual(empty, one);
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
}
