using System.Net;
using System.Text.Json;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Storage;
using BusIngest.Support.Cars;
using BusIngest.Support.Failures;
using BusIngest.Support.Storage;

namespace BusIngest.Specs.Failures;

/// <summary>The routes `/messages/failed…`.</summary>
public sealed class FailureRouteSpecs : Spec
{
    private const string Make = "poison";

    [Fact]
    public async Task Should_list_a_failure_with_all_that_is_known_of_it()
    {
        var service = await StartAsync();
        var id = await FailAsync(service);

        var page = await service.Cars.GetAsync("messages/failed", Token);

        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
        var failed = Assert.Single(page.GetProperty("messages").EnumerateArray());
        Assert.Equal("CarGenerated", failed.GetProperty("type").GetString());
        Assert.Equal("cars-store", failed.GetProperty("endpoint").GetString());
        Assert.Equal(2, failed.GetProperty("attempts").GetInt32());
        Assert.Equal(1, failed.GetProperty("records").GetInt32());
        Assert.Contains(PoisonousMake.Complaint, failed.GetProperty("exception").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(id, failed.GetProperty("payload")[0].GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Should_list_the_newest_first_and_every_one_once()
    {
        var service = await StartAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Insert(0, await FailAsync(service));

        var listed = new List<Guid>();
        for (var next = "messages/failed?limit=2"; next is not null;)
        {
            var page = await service.Cars.GetAsync(next, Token);
            listed.AddRange(page.GetProperty("messages").EnumerateArray().Select(failed => failed.GetProperty("payload")[0].GetProperty("id").GetGuid()));
            next = page.GetProperty("next").GetString() is { } after ? $"messages/failed?limit=2&after={after}" : null;
        }

        Assert.Equal(ids, listed);
    }

    [Fact]
    public async Task Should_list_one_type_alone()
    {
        var service = await StartAsync();
        await FailAsync(service);

        Assert.Equal(1, (await service.Cars.GetAsync("messages/failed?type=CarGenerated", Token)).GetProperty("messages").GetArrayLength());
        Assert.Equal(0, (await service.Cars.GetAsync("messages/failed?type=Other", Token)).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task Should_send_one_again_once()
    {
        var service = await StartAsync();
        var failures = new FailuresApi(service.Cars);
        var id = await FailAsync(service);
        var failed = Assert.Single(await failures.ListAsync(Token));
        new PoisonousMake(DataDirectory, Make).Mend();

        Assert.Equal(HttpStatusCode.Accepted, (await failures.RetryAsync(failed.Id, Token)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await failures.RetryAsync(failed.Id, Token)).Status);

        await UntilAsync("It is stored", () => new StoredCars(DataDirectory).Times([id])[id] == 1);
        Assert.Empty(await failures.ListAsync(Token));
    }

    [Fact]
    public async Task Should_tell_how_many_it_sent_again()
    {
        var service = await StartAsync();
        await FailAsync(service);
        await FailAsync(service);

        var answer = await new FailuresApi(service.Cars).RetryAllAsync("CarGenerated", Token);

        Assert.Equal((HttpStatusCode.Accepted, 2), (answer.Status, answer.Json().GetProperty("retried").GetInt32()));
    }

    [Fact]
    public async Task Should_drop_one_for_good()
    {
        var service = await StartAsync();
        var failures = new FailuresApi(service.Cars);
        await FailAsync(service);
        var failed = Assert.Single(await failures.ListAsync(Token));

        Assert.Equal(HttpStatusCode.NoContent, (await failures.DeleteAsync(failed.Id, Token)).Status);

        Assert.Empty(await failures.ListAsync(Token));
        Assert.Equal(HttpStatusCode.NotFound, (await failures.DeleteAsync(failed.Id, Token)).Status);
    }

    [Fact]
    public async Task Should_say_when_to_come_back_if_one_cannot_be_sent_again_now()
    {
        var service = await StartAsync();
        var failures = new FailuresApi(service.Cars);
        await FailAsync(service);
        var failed = Assert.Single(await failures.ListAsync(Token));

        using (await UnwritableFile.ReplaceAsync(service.Get<InboxDatabase>()))
            AssertUnavailable(await failures.RetryAsync(failed.Id, Token));
    }

    [Fact]
    public async Task Should_say_when_to_come_back_if_one_cannot_be_dropped_now()
    {
        var service = await StartAsync();

        using (await UnwritableFile.ReplaceAsync(service.Get<MainDatabase>()))
            AssertUnavailable(await new FailuresApi(service.Cars).DeleteAsync($"{Guid.NewGuid()}", Token));
    }

    private string DataDirectory => RunningService.SettingsIn(Folder).DataDir;

    private async Task<RunningService> StartAsync()
    {
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
        new PoisonousMake(DataDirectory, Make).Poison();
        return service;
    }

    /// <summary>Posts a car that can't be stored, waits for its failure, and gives the car's id.</summary>
    private static async Task<Guid> FailAsync(RunningService service)
    {
        var failures = new FailuresApi(service.Cars);
        var before = (await failures.ListAsync(Token)).Count;
        var car = ClientCar.Of(Guid.NewGuid()) with { NormalizedMake = Make };
        Assert.Equal(HttpStatusCode.Accepted, (await service.Cars.PostCarsAsync([car], Token)).Status);
        await failures.WaitForAsync(before + 1, Token);
        return car.Id;
    }

    private static void AssertUnavailable(ApiAnswer answer)
    {
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.NotNull(answer.RetryAfter);
    }
}
