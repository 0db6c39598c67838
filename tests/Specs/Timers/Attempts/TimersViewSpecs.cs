using System.Text.Json;
using BusIngest.Bus.Storage;
using BusIngest.Sagas.Timers;

namespace BusIngest.Specs.Timers.Attempts;

/// <summary>The view `timers` reads the documents of the sagas by the names that they are written under.</summary>
public sealed class TimersViewSpecs : Spec
{
    private static readonly TimerState Waiting = new()
    {
        CorrelationId = Guid.NewGuid(),
        CurrentState = "Scheduled",
        WebhookUrl = "https://example.com/hook",
        CreatedAt = FakeClock.Start.AddMilliseconds(1),
        DueAt = FakeClock.Start.AddMilliseconds(3_600_999),
    };

    private static readonly TimerState Failed = new()
    {
        CorrelationId = Guid.NewGuid(),
        CurrentState = "Failed",
        WebhookUrl = "https://example.com/other",
        CreatedAt = FakeClock.Start,
        DueAt = FakeClock.Start,
        FiredAt = FakeClock.Start.AddMilliseconds(7),
        DeliveredAt = FakeClock.Start.AddMilliseconds(42),
        Attempts = 3,
        LastError = "410 Gone",
    };

    [Fact]
    public async Task Should_show_timers_and_no_other_sagas()
    {
        var file = Own(await TimersFile.OpenAsync(Folder));
        await file.Database.Writer.WriteAsync(3, session =>
        {
            Insert(session, 1, TimerState.Kind, Waiting);
            Insert(session, 2, TimerState.Kind, Failed);
            Insert(session, 3, "another", new TimerState { CorrelationId = Guid.NewGuid() });
            return true;
        }, Token);

        Assert.Equal([Line(Failed), Line(Waiting)], Read(file.Database));
    }

    private static void Insert(SqliteSession session, int seq, string kind, TimerState state) => session
        .Statement("""
            INSERT INTO sagas (seq, kind, correlation_id, state, version, created_at, updated_at, document)
            VALUES (?1, ?2, ?3, ?4, 1, 0, 0, ?5)
            """)
        .Bind(1, seq).Bind(2, kind).Bind(3, state.CorrelationId).Bind(4, state.CurrentState)
        .Bind(5, JsonSerializer.Serialize(state, TimerStateJson.Default.TimerState))
        .Execute();

    private static List<string> Read(MainDatabase database)
    {
        using var reader = database.OpenReader();
        var rows = reader.Statement("""
            SELECT id, webhook_url, status, created_at, due_at, fired_at, delivered_at, attempts, last_error FROM timers ORDER BY status
            """);
        var lines = new List<string>();
        while (rows.Read())
            lines.Add(string.Join('|', Enumerable.Range(0, 9).Select(column => rows.Text(column) ?? "null")));
        return lines;
    }

    private static string Line(TimerState state) => string.Join(
        '|',
        state.CorrelationId,
        state.WebhookUrl,
        state.CurrentState,
        Milliseconds(state.CreatedAt),
        Milliseconds(state.DueAt),
        Milliseconds(state.FiredAt),
        Milliseconds(state.DeliveredAt),
        state.Attempts,
        state.LastError ?? "null");

    private static string Milliseconds(DateTimeOffset? time) => time is null ? "null" : $"{time.Value.ToUnixTimeMilliseconds()}";
}
