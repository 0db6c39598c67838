using System.Net;
using System.Text;
using BusIngest.Api.Configuration;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Idempotency;

public sealed class KeySecrecySpecs : Spec
{
    private const string Ann = "the-api-key-of-ann";
    private const string Bob = "the-api-key-of-bob";
    private static readonly string Mazda = CarText.With("normalizedMake", "\"mazda\"");

    [Fact]
    public async Task Should_belong_to_one_client()
    {
        var service = await StartAsync();

        var ids = (await service.PostKeyedAsync("k", CarText.Good, Ann)).Ids();
        ids.AddRange((await service.PostKeyedAsync("k", Mazda, Bob)).Ids());

        Assert.Equal(2, ids.Distinct().Count());
        Assert.True((await service.PostKeyedAsync("k", CarText.Good, Ann)).IsReplayed);
        Assert.True((await service.PostKeyedAsync("k", Mazda, Bob)).IsReplayed);
    }

    [Fact]
    public async Task Should_not_be_taken_from_who_may_not_come_in()
    {
        var service = await StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await service.PostKeyedAsync("k", CarText.Good, "guessed")).Status);

        Assert.Equal(0, CountKeys(service));
    }

    [Fact]
    public async Task Should_leave_no_api_key_in_any_file()
    {
        await using (var service = await StartUnownedAsync())
        {
            Assert.Single((await service.PostKeyedAsync("k", CarText.Good, Ann)).Ids());
            Assert.Equal(1, CountKeys(service));
        }

        // Only now: to close a file that SQLite has open would take its locks away.
        var files = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, path => path.EndsWith("busingest.db", StringComparison.Ordinal));
        foreach (var path in files)
            Assert.Equal(-1, (await File.ReadAllBytesAsync(path, Token)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Ann)));
    }

    private static long CountKeys(RunningService service)
    {
        using var reader = service.Get<MainDatabase>().OpenReader();
        var count = reader.Statement("SELECT count(*) FROM idempotency_keys");
        count.Read();
        return count.Number(0);
    }

    private Task<RunningService> StartUnownedAsync() =>
        RunningService.StartAsync(RunningService.SettingsIn(Folder) with { ApiKeys = [new ApiKey("ann", Ann), new ApiKey("bob", Bob)] });

    private async Task<RunningService> StartAsync() => Own(await StartUnownedAsync());
}
