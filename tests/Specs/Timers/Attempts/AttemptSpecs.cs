using BusIngest.Workers.Timers.Attempts;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Specs.Timers.Attempts;

public sealed class AttemptSpecs : Spec
{
    [Fact]
    public async Task Should_be_read_as_they_were_stored()
    {
        var file = Own(await TimersFile.OpenAsync(Folder));
        var (timer, other) = (Guid.NewGuid(), Guid.NewGuid());
        TimerAttempt[] attempts =
        [
            new() { TimerId = timer, Attempt = 1, StartedAt = FakeClock.Start, DurationMs = 10_000, Error = "timed out after 10 s" },
            new() { TimerId = other, Attempt = 1, StartedAt = FakeClock.Start, DurationMs = 3, StatusCode = 204, ResponseBody = "" },
            new() { TimerId = timer, Attempt = 2, StartedAt = FakeClock.Start.AddSeconds(1), StatusCode = 500, Error = "500", ResponseBody = "é" },
        ];

        await file.Database.Writer.WriteAsync(3, session =>
        {
            foreach (var attempt in attempts)
                session.Insert(attempt);
            return true;
        }, Token);

        await using var context = new TimersContext(file.Database);
        var stored = await context.Attempts.Where(attempt => attempt.TimerId == timer).OrderBy(attempt => attempt.Seq).ToListAsync(Token);
        Assert.Equal([1, 3], stored.Select(attempt => attempt.Seq));
        Assert.Equivalent(attempts.Where(attempt => attempt.TimerId == timer).Select(Fields), stored.Select(Fields), strict: true);
    }

    private static object Fields(TimerAttempt attempt) =>
        new { attempt.TimerId, attempt.Attempt, attempt.StartedAt, attempt.DurationMs, attempt.StatusCode, attempt.Error, attempt.ResponseBody };
}
