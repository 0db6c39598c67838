using System.Net;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Storage;

namespace BusIngest.Specs.Idempotency;

/// <summary>Keys whose request got no answer that is worth keeping.</summary>
public sealed class UnansweredSpecs : Spec
{
    [Fact]
    public async Task Should_carry_out_again_under_the_same_ids_what_a_crash_cut_off()
    {
        var service = await StartAsync();
        var body = CarText.Array(CarText.Good, CarText.Good);
        var first = await service.PostKeyedAsync("k", body);
        await service.AtRestAsync();
        await service.ForgetAnswersAsync();

        var second = await service.PostKeyedAsync("k", body);

        Assert.Equal(first, second);
        Assert.False(second.IsReplayed);
        var stats = await service.AtRestAsync();
        Assert.Equal((2, 2, 2), (stats.Generated, stats.Stored, stats.Redelivered));
        Assert.True((await service.PostKeyedAsync("k", body)).IsReplayed);
    }

    [Fact]
    public async Task Should_carry_out_again_what_was_refused_for_want_of_room()
    {
        var service = await StartAsync();
        using (await UnwritableFile.ReplaceAsync(service.Get<InboxDatabase>()))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await service.PostKeyedAsync("k", CarText.Good)).Status);

        var answer = await service.PostKeyedAsync("k", CarText.Good);

        Assert.Single(answer.Ids());
        Assert.False(answer.IsReplayed);
    }

    [Fact]
    public async Task Should_refuse_while_keys_cannot_be_kept()
    {
        var service = await StartAsync();
        Own(await UnwritableFile.ReplaceAsync(service.Get<MainDatabase>()));

        var answer = await service.PostKeyedAsync("k", CarText.Good);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task Should_not_remember_a_refusal()
    {
        var service = await StartAsync();
        var bad = CarText.With("price", "0");

        var first = await service.PostKeyedAsync("k", bad);
        var second = await service.PostKeyedAsync("k", bad);

        Assert.Equal((HttpStatusCode.BadRequest, false), (first.Status, first.IsReplayed));
        Assert.Equal((HttpStatusCode.BadRequest, false), (second.Status, second.IsReplayed));
    }

    [Fact]
    public async Task Should_take_a_mended_body_under_the_key_of_one_that_was_refused()
    {
        var service = await StartAsync();
        await service.PostKeyedAsync("k", CarText.With("price", "0"));

        Assert.Equal(HttpStatusCode.Accepted, (await service.PostKeyedAsync("k", CarText.Good)).Status);
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
}
