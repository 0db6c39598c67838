using BusIngest.Contracts.Timers;
using MassTransit;

namespace BusIngest.Specs.Timers.Machine;

/// <summary>The machine's table: every event in every situation.</summary>
public sealed class TimerTableSpecs : Spec
{
    /// <summary>
    /// What becomes of the timer; = means that nothing at all changes. An outcome is of the try that was asked for last, a late one of
    /// an earlier try, an early one of a try that was not asked for yet.
    /// </summary>
    private const string Table = """
        event               Missing    Scheduled  Calling   Pausing   Finished  Failed   Cancelled
        CreateTimer         Scheduled  =          =         =         =         =        =
        TimerDue            =          Running    =         =         =         =        =
        TimerDueUntold      =          Running    =         =         =         =        =
        RetryDue            =          =          =         Running   =         =        =
        Delivered           =          =          Finished  =         =         =        =
        DeliveredLate       =          =          =         =         =         =        =
        DeliveredEarly      =          =          =         =         =         =        =
        AttemptFailed       =          =          Running   =         =         =        =
        AttemptFailedLate   =          =          =         =         =         =        =
        AttemptFailedEarly  =          =          =         =         =         =        =
        Abandoned           =          =          Failed    =         =         =        =
        AbandonedLate       =          =          =         =         =         =        =
        CancelTimer         =          Cancelled  =         =         =         =        =
        RedeliverTimer      =          =          =         =         Running   Running  =
        """;

    public static TheoryData<string, TimerSituation, string> Cells()
    {
        var lines = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var cells = new TheoryData<string, TimerSituation, string>();
        foreach (var line in lines.Skip(1))
        {
            for (var column = 1; column < line.Length; column++)
                cells.Add(line[0], Enum.Parse<TimerSituation>(lines[0][column]), line[column]);
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Should_do_what_the_table_says(string @event, TimerSituation situation, string outcome)
    {
        var bench = Own(new TimerBench());
        await bench.BringToAsync(situation);
        var (state, before) = (bench.Timer?.CurrentState, bench.Everything);

        var happen = Event(bench, @event);
        var answer = await happen();

        if (outcome is "=")
        {
            Assert.Equal(before, bench.Everything);
            Assert.Equal(answer is null ? null : new TimerRefused(bench.Id, state), answer);
        }
        else
        {
            Assert.NotEqual(before, bench.Everything, StringComparer.Ordinal);
            Assert.Equal(outcome, bench.Timer?.CurrentState, StringComparer.Ordinal);
            Assert.Equal(answer is null ? null : new TimerChanged(bench.Id, outcome), answer);
        }

        // And once more: a double finds nothing left to do.
        var after = bench.Everything;
        var second = await happen();
        Assert.Equal(after, bench.Everything);
        Assert.Equal(second is null ? null : new TimerRefused(bench.Id, bench.Timer?.CurrentState), second);
    }

    [Theory]
    [InlineData(TimerSituation.Scheduled)]
    [InlineData(TimerSituation.Calling)]
    [InlineData(TimerSituation.Pausing)]
    [InlineData(TimerSituation.Finished)]
    [InlineData(TimerSituation.Failed)]
    [InlineData(TimerSituation.Cancelled)]
    public async Task Should_tell_what_it_is_like(TimerSituation situation)
    {
        var bench = Own(new TimerBench());
        await bench.BringToAsync(situation);
        var (timer, before) = (bench.Timer!, bench.Everything);

        var found = await bench.AskAsync<FindTimer, TimerFound>(new FindTimer(bench.Id));

        Assert.Equal(new TimerFound(bench.Id, timer.CurrentState, timer.WebhookUrl, timer.CreatedAt, timer.DueAt), found);
        Assert.Equal(before, bench.Everything);
    }

    [Fact]
    public async Task Should_tell_that_there_is_no_such_timer()
    {
        var bench = Own(new TimerBench());

        Assert.Equal(new TimerRefused(bench.Id, Status: null), await bench.AskAsync<FindTimer, TimerFound>(new FindTimer(bench.Id)));
    }

    /// <summary>An event, made before it happens, so that it can happen twice; it gives the answer to a request, or null.</summary>
    private static Func<Task<object?>> Event(TimerBench bench, string name)
    {
        var attempt = bench.Timer?.Attempts ?? 1;
        return name switch
        {
            "CreateTimer" => Sending(bench, bench.Creation),
            "TimerDue" => Firing(bench, new TimerDue(bench.Id)),
            "TimerDueUntold" => Sending(bench, new TimerDue(bench.Id)),
            "RetryDue" => Firing(bench, new RetryDue(bench.Id)),
            "Delivered" => Sending(bench, bench.Success(attempt)),
            "DeliveredLate" => Sending(bench, bench.Success(attempt - 1)),
            "DeliveredEarly" => Sending(bench, bench.Success(attempt + 1)),
            "AttemptFailed" => Sending(bench, bench.Failure(attempt)),
            "AttemptFailedLate" => Sending(bench, bench.Failure(attempt - 1)),
            "AttemptFailedEarly" => Sending(bench, bench.Failure(attempt + 1)),
            "Abandoned" => Sending(bench, bench.Surrender(attempt)),
            "AbandonedLate" => Sending(bench, bench.Surrender(attempt - 1)),
            "CancelTimer" => async () => await bench.AskAsync(new CancelTimer(bench.Id)),
            "RedeliverTimer" => async () => await bench.AskAsync(new RedeliverTimer(bench.Id)),
            _ => throw new ArgumentException($"'{name}' is no event of the table.", nameof(name)),
        };
    }

    private static Func<Task<object?>> Sending<T>(TimerBench bench, T message)
        where T : class => async () =>
        {
            await bench.SendAsync(message);
            return null;
        };

    /// <summary>What was put off, as the schedule sends it; or with a token of nobody's, where it never was.</summary>
    private static Func<Task<object?>> Firing<T>(TimerBench bench, T message)
        where T : class
    {
        var send = bench.Scheduler.Sends.LastOrDefault(send => send.Message is T)
            ?? new ScheduledSend(NewId.NextGuid(), message, bench.Clock.GetUtcNow());
        return async () =>
        {
            await bench.FireAsync(send);
            return null;
        };
    }
}
