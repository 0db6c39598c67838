using System.Text.Json;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Storage;
using BusIngest.Sagas.Timers;

namespace BusIngest.Api.Timers;

/// <summary>Reads timers: from their sagas, and those that are not yet there from the inbox.</summary>
internal sealed class TimerQueries(MainDatabase database, PendingTimers pending)
{
    private const string One = $"SELECT seq, state, document FROM sagas WHERE correlation_id = ?1 AND kind = '{TimerState.Kind}'";

    private const string OfStatus = $"""
        SELECT seq, state, document FROM sagas WHERE kind = '{TimerState.Kind}' AND state = ?3 AND seq < ?1 ORDER BY seq DESC LIMIT ?2
        """;

    /// <summary>The plus keeps SQLite from the index by kind, whose rows it would have to sort: the rows' own order is the newest first.</summary>
    private const string All = $"SELECT seq, state, document FROM sagas WHERE +kind = '{TimerState.Kind}' AND seq < ?1 ORDER BY seq DESC LIMIT ?2";

    /// <summary>One timer, from the instant that it was accepted; null for an unknown id.</summary>
    /// <remarks>Between the first look and the one into the inbox its saga may have begun, and its message be gone: hence the third.</remarks>
    public TimerState? Find(Guid id) => FindSaga(id) ?? pending.Find(id) ?? FindSaga(id);

    /// <summary>A page, newest first.</summary>
    /// <param name="page">Which.</param>
    /// <param name="status">One of <see cref="TimerStatus.All"/>; null: all.</param>
    /// <param name="now">The time that <c>timeLeft</c> counts from.</param>
    public TimerPage List(PageRequest page, string? status, DateTimeOffset now)
    {
        var timers = database.Readers.Read(session => ReadPage(session, page, status));
        var next = page.Cut(timers, row => row.Seq);
        return new TimerPage([.. timers.Select(row => TimerView.Of(row.Timer, now))], next);
    }

    private static List<(long Seq, TimerState Timer)> ReadPage(SqliteSession session, PageRequest page, string? status)
    {
        var rows = session.Statement(status is null ? All : OfStatus).Bind(1, page.After ?? long.MaxValue).Bind(2, page.Rows);
        if (status is not null)
            rows.Bind(3, status);

        var timers = new List<(long Seq, TimerState Timer)>();
        while (rows.Read())
            timers.Add((rows.Number(0), Read(rows)));
        return timers;
    }

    private TimerState? FindSaga(Guid id) => database.Readers.Read(session =>
    {
        var rows = session.Statement(One).Bind(1, id);
        var timer = rows.Read() ? Read(rows) : null;
        rows.Reset();
        return timer;
    });

    private static TimerState Read(SqliteStatement row)
    {
        var timer = JsonSerializer.Deserialize(row.Blob(2), TimerStateJson.Default.TimerState)
            ?? throw new InvalidDataException("A saga's document is null");
        timer.CurrentState = row.Text(1)!;
        return timer;
    }
}
