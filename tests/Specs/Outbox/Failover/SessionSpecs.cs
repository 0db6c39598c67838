using System.Text.Json;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Contracts.Failover;
using BusIngest.Specs.Notes;

namespace BusIngest.Specs.Outbox.Failover;

public sealed class SessionSpecs : FallbackSpec
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Should_write_down_a_failover_from_the_first_failure_to_the_last_row_with_its_times()
    {
        var process = await OpenAsync(new FallbackSetup { Breaker = new BreakerOptions { FailureThreshold = 2 } });
        await process.RunAsync();
        Lane.Script = LaneScript.Fail;
        await process.Chunks.SendAsync(Chunk(1), Token);
        var session = process.Sessions.Open!.SessionId;
        Assert.Equal(session, process.Status.Session);
        await UntilAsync("The fallback is entered", () => process.Sessions.Open!.FallbackAt is not null);
        Clock.Set(Minute);
        Lane.LastPromotion = new MasterPromotion("a:1", "b:2", Clock.GetUtcNow());
        await process.Chunks.SendAsync(Chunk(2), Token);
        Clock.Set(Minute);
        Lane.Script = LaneScript.Confirm;
        Lane.Returned.Set();

        await PassUntilAsync("The session has ended", () => process.Sessions.Open is null);

        await PassUntilAsync("The end is written", () => Lines().Count == 6);
        Assert.Equal(
            ["MASTER_FAILURE_DETECTED", "STATE_TRANSITION_TO_SQLITE", "SENTINEL_PROMOTION", "STATE_TRANSITION_TO_RABBITMQ", "RECOVERY_STARTED", "RECOVERY_COMPLETED"],
            Lines().Select(line => line.GetProperty("event").GetString()!), StringComparer.Ordinal);
        Assert.All(Lines(), line =>
        {
            Assert.Equal(session, line.GetProperty("sessionId").GetGuid());
            Assert.Equal(("here/1", "rabbitmq"), (line.GetProperty("process").GetString(), line.GetProperty("lane").GetString()));
        });
        Assert.Equal("IOException: The connection was refused.", Lines()[0].GetProperty("reason").GetString());
        Assert.Equal("b:2", Lines()[2].GetProperty("master").GetString());
        Assert.InRange(Lines()[3].GetProperty("fallbackMs").GetInt64(), 119_000, 125_000);
        Assert.InRange(Lines()[5].GetProperty("sinceDetectedMs").GetInt64(), 120_000, 130_000);
        Assert.True(Lines()[5].TryGetProperty("recoveryMs", out _));
        Assert.Equal(0, Lines()[5].GetProperty("parked").GetInt64());
    }

    [Fact]
    public async Task Should_publish_each_event_with_the_whole_session_as_of_then()
    {
        var process = await StartAsync();
        await BreakAsync(process);
        Lane.Script = LaneScript.Confirm;
        Lane.Returned.Set();
        await PassUntilAsync("The session has ended", () => process.Sessions.Open is null);

        await UntilAsync("The end is published", () => Events().Any(happened => happened.Type is nameof(RecoveryCompleted)));

        var events = Events();
        Assert.Equal(
            [nameof(FailureDetected), nameof(FallbackEntered), nameof(PrimaryReturned), nameof(RecoveryStarted), nameof(RecoveryCompleted)],
            events.Select(happened => happened.Type), StringComparer.Ordinal);
        Assert.Equal([1, 2, 3, 4, 5], events.Select(happened => happened.Facts.Step));
        Assert.Equal(process.Sessions.Latest, events[^1].Facts);
    }

    [Fact]
    public async Task Should_begin_with_a_single_failure_and_end_when_its_chunk_is_sent()
    {
        var process = await StartAsync();
        Lane.Script = LaneScript.Fail;
        await process.Chunks.SendAsync(Chunk(1), Token);
        Lane.Script = LaneScript.Confirm;

        await PassUntilAsync("The session has ended", () => process.Sessions.Latest!.RecoveryCompletedAt is not null);

        var session = process.Sessions.Latest!;
        Assert.Null(session.FallbackAt);
        Assert.Equal((Circuit.Closed, 0), (process.Breaker.Circuit, process.Breaker.Failures));
        Assert.Equal([1], process.Delivered());
    }

    [Fact]
    public async Task Should_have_one_session_though_the_server_is_lost_again_before_the_end()
    {
        // Opened before a row fails so often that it is set aside.
        var process = await StartAsync(new FallbackSetup { Breaker = new BreakerOptions { FailureThreshold = 2 } });
        await BreakAsync(process);
        var session = process.Sessions.Open!.SessionId;
        Lane.ScriptOf = _ => Lane.Script = LaneScript.Fail;
        Lane.Script = LaneScript.Confirm;
        // Or it may have been no time in the fallback when it is taken back.
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Lane.Returned.Set();
        await PassUntilAsync("It was taken back, and lost again", () => process.Sessions.Open is { PrimaryAt: null, FallbackMs: > 0 });
        Lane.ScriptOf = null;
        Lane.Script = LaneScript.Confirm;
        Lane.Returned.Set();

        await PassUntilAsync("The session has ended", () => process.Sessions.Open is null);

        Assert.Equal(session, process.Sessions.Latest!.SessionId);
        Assert.Empty(process.Rows(nameof(NotesTaken)));
    }

    [Fact]
    public async Task Should_write_an_isolation_without_a_failure()
    {
        var process = await StartAsync();
        await process.Breaker.IsolateAsync();
        await process.PublishAsync(1);
        Assert.Equal(("SQLITE_MODE", "OPEN"), (process.Status.Mode, process.Status.Circuit));
        await process.Breaker.CloseAsync();

        await PassUntilAsync("The session has ended", () => process.Sessions.Open is null);
        await PassUntilAsync("The end is written", () => Lines().Count == 4);

        Assert.Equal(
            ["STATE_TRANSITION_TO_SQLITE", "STATE_TRANSITION_TO_RABBITMQ", "RECOVERY_STARTED", "RECOVERY_COMPLETED"],
            Lines().Select(line => line.GetProperty("event").GetString()!), StringComparer.Ordinal);
        Assert.Equal("Isolated by hand.", Lines()[0].GetProperty("reason").GetString());
        Assert.True(process.Sessions.Latest!.Isolated);
    }

    [Fact]
    public async Task Should_go_on_with_the_session_of_a_process_that_was_killed()
    {
        var earlier = await FallbackProcess.StartAsync(Folder, Lane, Clock);
        await BreakAsync(earlier);
        var left = earlier.Sessions.Open!;
        await UntilAsync("It is kept", () => File.Exists(SessionFile) && File.ReadAllText(SessionFile).Contains("fallbackAt", StringComparison.Ordinal));
        earlier.Abandon();
        Lane.Script = LaneScript.Confirm;

        var process = await StartAsync();

        await PassUntilAsync("The session has ended", () => process.Sessions.Open is null);
        Assert.Equal(left.SessionId, process.Sessions.Latest!.SessionId);
        Assert.Equal(left.FallbackAt, process.Sessions.Latest.FallbackAt);
        Assert.NotNull(process.Sessions.Latest.PrimaryAt);
        await UntilAsync("It is forgotten", () => !File.Exists(SessionFile));
    }

    [Fact]
    public async Task Should_begin_another_line_file_with_the_day()
    {
        var process = await StartAsync();
        await process.Breaker.IsolateAsync();
        await PassUntilAsync("It is written", () => Lines().Count == 1);
        Clock.Set(TimeSpan.FromDays(1));
        await process.Breaker.CloseAsync();

        await PassUntilAsync("The session has ended", () => process.Sessions.Open is null);
        await PassUntilAsync("All is written", () => Lines().Count == 4);

        Assert.Equal(
            ["failover-metrics-2026-01-31.log", "failover-metrics-2026-02-01.log"],
            Directory.GetFiles(Path.Combine(Folder, "logs")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_keep_the_newest_line_files()
    {
        var logs = Directory.CreateDirectory(Path.Combine(Folder, "logs")).FullName;
        for (var day = 1; day <= 12; day++)
            await File.WriteAllTextAsync(Path.Combine(logs, $"failover-metrics-2025-12-{day:00}.log"), "{}\n", Token);
        await File.WriteAllTextAsync(Path.Combine(logs, "log.messages"), "", Token);
        var process = await StartAsync();

        await process.Breaker.IsolateAsync();

        await PassUntilAsync("The oldest are gone", () => Directory.GetFiles(logs, "failover-metrics-*").Length == 10);
        Assert.Equal(
            [.. Enumerable.Range(4, 9).Select(day => $"failover-metrics-2025-12-{day:00}.log"), "failover-metrics-2026-01-31.log", "log.messages"],
            Directory.GetFiles(logs).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_not_be_held_up_by_a_log_that_cannot_be_written()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "logs"), "in the way", Token);
        var process = await StartAsync();

        await process.Breaker.IsolateAsync();
        await process.PublishAsync(1);
        await process.Breaker.CloseAsync();

        await PassUntilAsync("The session has ended", () => process.Sessions.Open is null);
        Assert.Equal([1], process.Delivered());
    }

    [Fact]
    public async Task Should_ignore_a_promotion_that_belongs_to_no_failure()
    {
        Lane.LastPromotion = new MasterPromotion(null, "a:1", FakeClock.Start);
        var process = await StartAsync();
        Lane.LastPromotion = new MasterPromotion("a:1", "b:2", FakeClock.Start);
        Lane.Returned.Set();
        Clock.Set(TimeSpan.FromHours(1));

        await BreakAsync(process);

        Assert.Null(process.Sessions.Open!.PromotedAt);
    }

    private string SessionFile => Path.Combine(Folder, "data", "failover-session.json");

    private List<JsonElement> Lines()
    {
        var folder = Path.Combine(Folder, "logs");
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).SelectMany(ReadLines).Select(line => JsonElement.Parse(line))]
            : [];
    }

    /// <summary>Reads without a lock, which would hold up the writer.</summary>
    private static IReadOnlyList<string> ReadLines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private List<(string Type, FailoverFacts Facts)> Events() =>
    [
        .. Lane.Received
            .Where(message => message.Endpoint is null && !message.HasNotes)
            .SelectMany(message => JsonElement.Parse(message.Body).EnumerateArray()
                .Select(happened => (message.MessageType, happened.GetProperty("facts").Deserialize(FailoverJson.Default.FailoverFacts)!)))
            .OrderBy(happened => happened.Item2.Step),
    ];
}
