using System.Net;
using System.Text.Json;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Timers.Api;

/// <summary>Timers that come due, as their routes show them.</summary>
public sealed class TimerDeliverySpecs : Spec
{
    [Fact]
    public async Task Should_show_the_attempt_and_how_late_it_was()
    {
        var (receiver, service) = await StartAsync();
        var id = await service.SetTimerAsync(TimerBody.Of(1, receiver.Url));
        await BecomesAsync(service, id, "Finished");

        var answer = (await service.AskAsync("GET", $"timer/{id}/attempts")).Json();

        Assert.Equal((id, "Finished"), (answer.GetProperty("timerId").GetGuid(), answer.GetProperty("timerStatus").GetString()));
        var attempt = Assert.Single(answer.GetProperty("attempts").EnumerateArray());
        Assert.Equal((1, 200), (attempt.GetProperty("attempt").GetInt32(), attempt.GetProperty("statusCode").GetInt32()));
        Assert.All(["error", "nextTryAt"], field => Assert.Equal(JsonValueKind.Null, attempt.GetProperty(field).ValueKind));
        var lateness = answer.GetProperty("lateness");
        Assert.InRange(lateness.GetProperty("firedLateMs").GetInt64(), 0, lateness.GetProperty("deliveredLateMs").GetInt64());
        Assert.True(lateness.GetProperty("dueAt").GetDateTimeOffset() <= lateness.GetProperty("firedAt").GetDateTimeOffset());
        Assert.Equal(id, JsonSerializer.Deserialize<JsonElement>(Assert.Single(receiver.Bodies)).GetProperty("timerId").GetGuid());
    }

    [Theory]
    [InlineData("DELETE", "", 409)]
    [InlineData("POST", "/redeliver", 202)]
    public async Task Should_deliver_again_but_not_cancel_what_is_finished(string method, string route, int status)
    {
        var (receiver, service) = await StartAsync();
        var id = await service.SetTimerAsync(TimerBody.Of(0, receiver.Url));
        await BecomesAsync(service, id, "Finished");

        var answer = await service.AskAsync(method, $"timer/{id}{route}");

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal(status, answer.Json().GetProperty(status == 409 ? "status" : "code").GetInt32());
    }

    [Fact]
    public async Task Should_deliver_a_failed_timer_again()
    {
        var (receiver, service) = await StartAsync();
        receiver.Answer = HttpStatusCode.InternalServerError;
        var id = await service.SetTimerAsync(TimerBody.Of(0, receiver.Url));
        await BecomesAsync(service, id, "Failed");
        Assert.Equal(2, receiver.Bodies.Count);
        receiver.Answer = HttpStatusCode.NoContent;

        var answer = await service.AskAsync("POST", $"timer/{id}/redeliver");

        Assert.Equal((HttpStatusCode.Accepted, 202), (answer.Status, answer.Json().GetProperty("code").GetInt32()));
        await BecomesAsync(service, id, "Finished");
        var attempts = (await service.AskAsync("GET", $"timer/{id}/attempts")).Json().GetProperty("attempts");
        Assert.Equal([500, 500, 204], attempts.EnumerateArray().Select(attempt => attempt.GetProperty("statusCode").GetInt32()));
    }

    [Fact]
    public async Task Should_not_deliver_again_what_is_scheduled()
    {
        var (receiver, service) = await StartAsync();
        var id = await service.SetTimerAsync(TimerBody.Of(59, receiver.Url));

        var answer = await service.AskAsync("POST", $"timer/{id}/redeliver");

        Assert.Equal((HttpStatusCode.Conflict, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Contains("Scheduled", answer.Json().GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(receiver.Bodies);
    }

    private async Task<(WebhookReceiver Receiver, RunningService Service)> StartAsync()
    {
        var receiver = Own(await WebhookReceiver.StartAsync());
        return (receiver, Own(await RunningService.StartAsync(WebhookReceiver.SettingsIn(Folder, retries: 1))));
    }

    private static Task<string?> BecomesAsync(RunningService service, Guid id, string status) => UntilAsync(
        $"The timer is {status}",
        token => service.TimerStatusAsync(id, token),
        now => string.Equals(now, status, StringComparison.Ordinal));
}
