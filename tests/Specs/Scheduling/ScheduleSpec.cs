using BusIngest.Bus.Scheduling;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Relays;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Scheduling;

/// <summary>A test of messages for later, on a clock that stands: news go to `first`, reminders to `reminders`.</summary>
public abstract class ScheduleSpec : Spec
{
    /// <summary>A moment before the time. Quartz, which has a message in hand that is due in less than 7 ms, takes no other before
    /// it; on a clock that stands it would wait for ever.</summary>
    private protected static readonly TimeSpan Before = TimeSpan.FromMilliseconds(100);

    private static readonly Uri First = new("queue:first");
    private static readonly Uri Reminders = new("queue:reminders");

    private protected FakeClock Clock { get; } = new();

    private protected Stations Stations { get; } = new();

    private protected LogLines Log { get; } = new();

    /// <summary>What has fired, in the order of arrival.</summary>
    private protected IReadOnlyCollection<string> Fired => Stations.First.Heard;

    /// <summary>What has fired of the reminders.</summary>
    private protected IReadOnlyCollection<string> Reminded => Stations.Second.Heard;

    /// <summary>A process on the test's directory; another one may follow it.</summary>
    private protected async Task<BusProcess> StartAsync(ScheduleOptions? options = null, FakeClock? clock = null)
    {
        var setup = RelayProcess.With(Stations, Log);
        return await RelayProcess.StartAsync(Folder, setup with
        {
            Clock = clock ?? Clock,
            Options = setup.Options with { Schedule = options ?? new ScheduleOptions() },
            Consumers = bus =>
            {
                setup.Consumers(bus);
                bus.AddConsumer<ReminderConsumer>().Endpoint(endpoint => endpoint.Name = "reminders");
            },
        });
    }

    /// <summary>Schedules news from outside of any consumer, and gives their token.</summary>
    private protected static async Task<Guid> ScheduleAsync(BusProcess process, string text, DateTimeOffset dueAt)
    {
        await using var scope = process.Get<IServiceScopeFactory>().CreateAsyncScope();
        var scheduler = scope.ServiceProvider.GetRequiredService<IMessageScheduler>();
        return (await scheduler.ScheduleSend(First, dueAt.UtcDateTime, new News(text), Token)).TokenId;
    }

    /// <summary>Schedules news from a consumer.</summary>
    private protected static async Task<Guid> ScheduleAsync(ConsumeContext context, string text, DateTimeOffset dueAt) =>
        (await context.ScheduleSend(First, dueAt.UtcDateTime, new News(text), Token)).TokenId;

    /// <summary>Schedules a reminder from a consumer.</summary>
    private protected static Task RemindAsync(ConsumeContext context, Guid token, string text, DateTimeOffset dueAt) =>
        context.ScheduleSend(Reminders, dueAt.UtcDateTime, new Reminder(token, text), Token);

    /// <summary>Schedules a reminder from outside of any consumer.</summary>
    private protected static async Task RemindAsync(BusProcess process, Guid token, string text, DateTimeOffset dueAt)
    {
        await using var scope = process.Get<IServiceScopeFactory>().CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMessageScheduler>().ScheduleSend(Reminders, dueAt.UtcDateTime, new Reminder(token, text), Token);
    }

    /// <summary>Cancels from outside of any consumer.</summary>
    private protected static async Task CancelAsync(BusProcess process, Guid token)
    {
        await using var scope = process.Get<IServiceScopeFactory>().CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMessageScheduler>().CancelScheduledSend(First, token, Token);
    }

    /// <summary>Cancels from a consumer.</summary>
    private protected static Task CancelAsync(ConsumeContext context, Guid token) =>
        context.GetPayload<MessageSchedulerContext>().CancelScheduledSend(Reminders, token, Token);

    /// <summary>Lets everything fire that is due by now: a message that is scheduled for now, and comes last, has fired.</summary>
    private protected async Task SettleAsync(BusProcess process)
    {
        var marker = $"marker {Guid.NewGuid()}";
        await ScheduleAsync(process, marker, Clock.GetUtcNow());
        await UntilAsync("The marker fires", () => Fired.Contains(marker, StringComparer.Ordinal));
        await UntilAsync("Nothing is on its way", () => IsSettled(process));
    }

    /// <summary>Rows of what is consumed may still be there: they are removed when the clock moves.</summary>
    private static bool IsSettled(BusProcess process) => process.CountRows(
        "outgoing WHERE message_id NOT IN (SELECT message_id FROM consumed_messages) AND message_id NOT IN (SELECT message_id FROM failed_messages)") == 0;

    /// <summary>What has fired, but for markers, in order.</summary>
    private protected IEnumerable<string> News() => Fired.Where(text => !text.StartsWith("marker", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private protected static long Scheduled(BusProcess process) => process.CountRows("scheduled_messages");

    /// <summary>Runs work in a consumer, and waits until its transaction is over.</summary>
    private protected async Task ConsumeAsync(BusProcess process, Func<ConsumeContext, Task> work)
    {
        Stations.Relay.Work = (context, _) => work(context);
        var before = process.CountMarks("relay");
        await process.RunErrandAsync("work");
        await UntilAsync("It is consumed", () => process.CountMarks("relay") == before + 1);
    }
}
