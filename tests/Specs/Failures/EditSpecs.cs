using System.Net;
using System.Text.Json.Nodes;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Timers.Api;
using BusIngest.Support.Cars;
using BusIngest.Support.Failures;
using BusIngest.Support.Storage;

namespace BusIngest.Specs.Failures;

/// <summary>POST /messages/failed/{id}/retry with a payload: it takes the place of the message's own.</summary>
public sealed class EditSpecs : Spec
{
    private const string Make = "poison";

    [Fact]
    public async Task Should_store_what_was_edited_once()
    {
        var service = await StartAsync();
        var failures = new FailuresApi(service.Cars);
        var (id, failed) = await FailAsync(service);
        var edited = Body(failed.Payload.Replace(Make, "mended", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Accepted, (await failures.RetryAsync(failed.Id, edited, Token)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await failures.RetryAsync(failed.Id, edited, Token)).Status);

        await UntilAsync("It is stored", () => new StoredCars(DataDirectory).Times([id])[id] == 1);
        var car = await service.Cars.GetAsync($"cars/{id}", Token);
        Assert.Equal("mended", car.GetProperty("normalizedMake").GetString());
        Assert.Equal(ClientCar.Of(id).Location, car.GetProperty("location").GetString());
        await UntilAsync("The ledger is even", async token =>
            await service.Cars.StatsAsync(token) is { Generated: 1, Stored: 1, InFlight: 0, Lost: 0, Duplicates: 0 });
        Assert.Empty(await failures.ListAsync(Token));
    }

    [Fact]
    public async Task Should_take_one_of_several_who_edit_it_at_the_same_time()
    {
        var service = await StartAsync();
        var failures = new FailuresApi(service.Cars);
        var (id, failed) = await FailAsync(service);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            failures.RetryAsync(failed.Id, Body(failed.Payload.Replace(Make, $"mended-{i}", StringComparison.Ordinal)), Token)));

        var taken = Assert.Single(Enumerable.Range(0, 6), i => answers[i].Status == HttpStatusCode.Accepted);
        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.NotFound));
        await UntilAsync("It is stored", () => new StoredCars(DataDirectory).Times([id])[id] == 1);
        Assert.Equal($"mended-{taken}", (await service.Cars.GetAsync($"cars/{id}", Token)).GetProperty("normalizedMake").GetString());
    }

    [Theory]
    [InlineData("this is no JSON", "$")]
    [InlineData("""{"payload":[{"id":}]}""", "$")]
    [InlineData("""{"payload":[],"payload":[]}""", "$")]
    [InlineData("[]", "$")]
    [InlineData("""{"payLoad":[]}""", "payLoad")]
    [InlineData("""{"payload":null}""", "payload")]
    [InlineData("""{"payload":{}}""", "payload")]
    [InlineData("""{"payload":[]}""", "payload")]
    [InlineData("""{"payload":[null]}""", "payload")]
    [InlineData("""{"payload":[{"year":"last"}]}""", "payload")]
    [InlineData("""{"payload":[{"normalizedMake":"\ud800"}]}""", "payload[0].normalizedMake")]
    [InlineData("""{"payload":[{"year":2000},{"year":2000}]}""", "payload")]
    public async Task Should_refuse_what_is_no_payload_and_change_nothing(string body, string field)
    {
        var service = await StartAsync();
        var failures = new FailuresApi(service.Cars);
        var (_, failed) = await FailAsync(service);

        var answer = await failures.RetryAsync(failed.Id, body, Token);

        Assert.Equal((HttpStatusCode.BadRequest, field), (answer.Status, Assert.Single(answer.ErrorNames())));
        Assert.Equal(failed, Assert.Single(await failures.ListAsync(Token)));
        Assert.Equal(0, new StoredCars(DataDirectory).Count());
    }

    [Fact]
    public async Task Should_send_it_as_it_was_without_a_payload()
    {
        var service = await StartAsync();
        var (id, failed) = await FailAsync(service);
        new PoisonousMake(DataDirectory, Make).Mend();

        Assert.Equal(HttpStatusCode.Accepted, (await new FailuresApi(service.Cars).RetryAsync(failed.Id, "{}", Token)).Status);

        await UntilAsync("It is stored", () => new StoredCars(DataDirectory).Times([id])[id] == 1);
    }

    [Fact]
    public async Task Should_list_it_as_it_was_edited_when_it_fails_again()
    {
        var service = await StartAsync();
        var failures = new FailuresApi(service.Cars);
        var (id, failed) = await FailAsync(service);

        await failures.RetryAsync(failed.Id, Body(failed.Payload.Replace("\"model-", "\"other-", StringComparison.Ordinal)), Token);
        var again = await UntilAsync("It is listed again", failures.ListAsync, list => list is [var one] && !string.Equals(one.Id, failed.Id, StringComparison.Ordinal));
        Assert.Contains("\"other-", again[0].Payload, StringComparison.Ordinal);

        // At once, while its row is still in the inbox.
        await failures.RetryAsync(again[0].Id, Body(again[0].Payload.Replace(Make, "mended", StringComparison.Ordinal)), Token);
        await UntilAsync("It is stored", () => new StoredCars(DataDirectory).Times([id])[id] == 1);
    }

    [Fact]
    public async Task Should_edit_the_message_of_an_envelope_and_nothing_else_of_it()
    {
        var receiver = Own(await WebhookReceiver.StartAsync());
        var service = Own(await RunningService.StartAsync(WebhookReceiver.SettingsIn(Folder)));
        await RunAsync(service, "CREATE TRIGGER broken BEFORE INSERT ON timer_attempts BEGIN SELECT RAISE(ABORT, 'the test broke it'); END");
        var failures = new FailuresApi(service.Cars);
        var id = await service.SetTimerAsync(TimerBody.Of(0, receiver.Url + "-that-is-not-there"));
        var failed = (await failures.WaitForAsync(1, Token))[0];
        await RunAsync(service, "DROP TRIGGER broken");
        var edited = JsonNode.Parse(failed.Payload)!;
        edited["message"]!["webhookUrl"] = receiver.Url;

        foreach (var (name, value) in new[] { ("messageId", (JsonNode?)$"{Guid.NewGuid()}"), ("messageType", new JsonArray("urn:message:Other")), ("extra", 1) })
        {
            var other = edited.DeepClone();
            other[name] = value;
            Assert.Equal(["payload"], (await failures.RetryAsync(failed.Id, Body(other.ToJsonString()), Token)).ErrorNames());
        }

        Assert.Equal(failed, Assert.Single(await failures.ListAsync(Token)));
        Assert.Equal(HttpStatusCode.Accepted, (await failures.RetryAsync(failed.Id, Body(edited.ToJsonString()), Token)).Status);
        await UntilAsync("It is finished", async token => await service.TimerStatusAsync(id, token) is "Finished");
        Assert.Single(receiver.Bodies);
    }

    private string DataDirectory => RunningService.SettingsIn(Folder).DataDir;

    private static string Body(string payload) => $$"""{"payload":{{payload}}}""";

    private async Task<RunningService> StartAsync()
    {
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
        new PoisonousMake(DataDirectory, Make).Poison();
        return service;
    }

    private static async Task<(Guid Id, FailedMessage Failed)> FailAsync(RunningService service)
    {
        var car = ClientCar.Of(Guid.NewGuid()) with { NormalizedMake = Make };
        Assert.Equal(HttpStatusCode.Accepted, (await service.Cars.PostCarsAsync([car], Token)).Status);
        return (car.Id, (await new FailuresApi(service.Cars).WaitForAsync(1, Token))[0]);
    }

    private static Task<int> RunAsync(RunningService service, string sql) => service.Get<MainDatabase>().Writer.WriteAsync(1, session =>
    {
        session.Execute(sql);
        return 0;
    });
}
