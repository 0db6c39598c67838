using BusIngest.Bus;
using BusIngest.Integration.RabbitMq.Parcels;

namespace BusIngest.Integration.RabbitMq;

public sealed class StorageAwayTests(SharedServers servers) : RabbitMqTest
{
    private const int SomeTries = 5;

    /// <summary>The pauses before the fifth try: 100, 200, 400 and 800 ms.</summary>
    private static readonly TimeSpan PausesBetween = TimeSpan.FromMilliseconds(1_500);

    private string _url = "";

    public override async ValueTask InitializeAsync() => _url = Own(await servers.VhostAsync(Token)).Url;

    [Fact]
    public async Task Should_try_again_at_growing_intervals_until_the_database_is_back()
    {
        Post.IsStorageAway = true;
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();
        var begun = TimeProvider.System.GetTimestamp();

        await process.Lane.ForwardAsync(Parcels(endpoint: null, 1), Token);
        await UntilAsync("a few tries", () => Post.Tries >= SomeTries);
        Assert.True(TimeProvider.System.GetElapsedTime(begun) > PausesBetween * 0.9, "they came too fast");
        Assert.Empty(Post.At(ParcelConsumer.Queue));

        Post.IsStorageAway = false;
        await ArriveAsync(ParcelConsumer.Queue, 1);
    }

    [Fact]
    public async Task Should_give_the_message_back_when_the_process_stops()
    {
        Post.IsStorageAway = true;
        var first = await StartAsync(_url, Roles.All);
        await first.UntilUpAsync();
        await first.Lane.ForwardAsync(Parcels(endpoint: null, 1), Token);
        await first.Lane.ForwardAsync(Letters(endpoint: null, 2, 3), Token);
        await UntilAsync("all to be tried", () => Post.Tries >= SomeTries);

        var tries = Post.Tries;
        var begun = TimeProvider.System.GetTimestamp();
        await first.StopAsync();
        Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(9), "the stop waited for the database");
        Assert.InRange(Post.Tries - tries, 0, 50);

        Post.IsStorageAway = false;
        await StartAsync(_url, Roles.All);
        await ArriveAsync(ParcelConsumer.Queue, 1);
        await ArriveAsync(LetterConsumer.Queue, 2, 3);
        await ArriveAsync(LetterArchive.Queue, 2, 3);
    }
}
