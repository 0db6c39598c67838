using System.Collections.Concurrent;
using BusIngest.Contracts.Timers;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Timers.Attempts;
using BusIngest.Specs.Timers.Webhooks;
using BusIngest.Workers.Timers;
using BusIngest.Workers.Timers.Attempts;
using BusIngest.Workers.Timers.Webhooks;
using MassTransit;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Timers.Delivering;

public sealed class DeliverWebhookSpecs : WebhookSpec
{
    private readonly Outcomes _outcomes = new();

    [Fact]
    public async Task Should_keep_the_attempt_and_tell_that_it_was_delivered()
    {
        var (process, stub) = (await StartAsync(Options), await StubAsync());
        stub.Answer = context => context.Response.WriteAsync("thanks");
        var timer = Guid.NewGuid();

        await SendAsync(process, To(stub.Url(), timer, attempt: 3));

        var delivered = Assert.IsType<WebhookDelivered>(await NextAsync());
        Assert.Equal((timer, 3), (delivered.TimerId, delivered.Attempt));
        var attempt = Assert.Single(await AttemptsAsync(process));
        Assert.Equal((timer, 3, 200, null, "thanks"), (attempt.TimerId, attempt.Attempt, attempt.StatusCode, attempt.Error, attempt.ResponseBody));
        Assert.InRange(delivered.DeliveredAt - attempt.StartedAt, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Should_keep_the_attempt_and_tell_that_it_failed()
    {
        var (process, stub) = (await StartAsync(Options), await StubAsync());
        stub.Answer = context =>
        {
            context.Response.Headers.RetryAfter = "90";
            return WebhookStub.Status(429)(context);
        };
        var timer = Guid.NewGuid();

        await SendAsync(process, To(stub.Url(), timer));

        Assert.Equal(new WebhookAttemptFailed(timer, 1, "429 Too Many Requests", 90_000), await NextAsync());
        var attempt = Assert.Single(await AttemptsAsync(process));
        Assert.Equal((429, "429 Too Many Requests"), (attempt.StatusCode, attempt.Error));
    }

    [Fact]
    public async Task Should_keep_the_attempt_and_tell_that_it_is_abandoned()
    {
        var process = await StartAsync(Options);
        var timer = Guid.NewGuid();

        await SendAsync(process, To("http://10.0.0.1/", timer));

        Assert.Equal(new WebhookAbandoned(timer, 1, "blocked: 10.0.0.1 is not a public address"), await NextAsync());
        var attempt = Assert.Single(await AttemptsAsync(process));
        Assert.Equal((null, "blocked: 10.0.0.1 is not a public address", null), (attempt.StatusCode, attempt.Error, attempt.ResponseBody));
    }

    [Fact]
    public async Task Should_come_again_when_the_host_is_busy()
    {
        var (process, stub) = (await StartAsync(Options with { MaxConcurrencyPerHost = 1 }), await StubAsync());
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stub.Answer = context => held.Task.WaitAsync(context.RequestAborted);
        await SendAsync(process, To(stub.Url()));
        await UntilAsync("The slot is taken", () => stub.InHand == 1);
        var deferred = Guid.NewGuid();

        await SendAsync(process, To(stub.Url(), deferred));
        await UntilAsync("It is deferred", () => Scheduled(process) == 1);
        Assert.Empty(await AttemptsAsync(process));
        held.SetResult();

        Guid[] delivered = [Assert.IsType<WebhookDelivered>(await NextAsync()).TimerId, Assert.IsType<WebhookDelivered>(await NextAsync()).TimerId];
        Assert.Equal(deferred, delivered[1]);
        Assert.Equal(2, (await AttemptsAsync(process)).Count);
    }

    [Fact]
    public async Task Should_sign_with_the_secret_that_was_made_at_the_first_start()
    {
        var (process, stub) = (await StartAsync(Options with { Secrets = [] }), await StubAsync());

        await SendAsync(process, To(stub.Url()));

        await NextAsync();
        var key = Convert.FromBase64String(KeptSecret.Read(process.MainFile)!["whsec_".Length..]);
        var received = Assert.Single(stub.Received);
        Assert.Equal([received.Sign(key)], received.Signatures);
    }

    private async Task<BusProcess> StartAsync(WebhookOptions options) => Own(await BusProcess.StartAsync(Folder, new BusSetup
    {
        Services = services => services.AddSingleton(_outcomes).AddTimers(options),
        Consumers = bus =>
        {
            bus.AddTimerConsumers();
            bus.AddConsumer<OutcomeConsumer>().Endpoint(endpoint => endpoint.Name = "spec-outcomes");
        },
    }));

    private static async Task SendAsync(BusProcess process, DeliverWebhook message)
    {
        var queue = await process.Get<IBus>().GetSendEndpoint(new Uri("queue:timer-webhook"));
        await queue.Send(message, Token);
    }

    private async Task<object> NextAsync()
    {
        object? outcome = null;
        await UntilAsync("An outcome is told", () => _outcomes.Told.TryDequeue(out outcome));
        return outcome!;
    }

    private static long Scheduled(BusProcess process)
    {
        using var reader = process.MainFile.OpenReader();
        var count = reader.Statement("SELECT count(*) FROM scheduled_messages");
        count.Read();
        return count.Number(0);
    }

    private static async Task<IReadOnlyList<TimerAttempt>> AttemptsAsync(BusProcess process)
    {
        await using var context = new TimersContext(process.MainFile);
        return await context.Attempts.OrderBy(attempt => attempt.Seq).ToListAsync(Token);
    }

    internal sealed class Outcomes
    {
        public ConcurrentQueue<object> Told { get; } = new();
    }

    internal sealed class OutcomeConsumer(Outcomes outcomes) : IConsumer<WebhookDelivered>, IConsumer<WebhookAttemptFailed>, IConsumer<WebhookAbandoned>
    {
        public Task Consume(ConsumeContext<WebhookDelivered> context) => Tell(context.Message);

        public Task Consume(ConsumeContext<WebhookAttemptFailed> context) => Tell(context.Message);

        public Task Consume(ConsumeContext<WebhookAbandoned> context) => Tell(context.Message);

        private Task Tell(object outcome)
        {
            outcomes.Told.Enqueue(outcome);
            return Task.CompletedTask;
        }
    }
}
