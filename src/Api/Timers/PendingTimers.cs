using System.Text.Json;
using BusIngest.Bus.Inbox;
using BusIngest.Contracts.Timers;
using BusIngest.Sagas.Timers;

namespace BusIngest.Api.Timers;

/// <summary>Finds timers that were accepted a moment ago, and whose saga has not begun: they are in the inbox.</summary>
internal sealed class PendingTimers(InboxDatabase inbox) : INewTimers
{
    /// <summary>Looks for the id's characters first, so that only a body that has them is read as JSON.</summary>
    private const string Bodies = $"""
        SELECT body FROM inbox
        WHERE message_type = '{nameof(CreateTimer)}' AND content_type = 'application/json' AND instr(body, CAST(?1 AS BLOB)) > 0
        """;

    /// <summary>The inbox has it.</summary>
    public Task NoteAsync(CreateTimer timer) => Task.CompletedTask;

    /// <inheritdoc />
    public Task<TimerState?> FindAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(Find(id));

    private TimerState? Find(Guid id) => inbox.Readers.Read(session =>
    {
        var rows = session.Statement(Bodies).Bind(1, id);
        TimerState? found = null;
        while (found is null && rows.Read())
            found = Find(id, rows.Blob(0));
        rows.Reset();
        return found;
    });

    private static TimerState? Find(Guid id, ReadOnlySpan<byte> body)
    {
        var accepted = JsonSerializer.Deserialize(body, TimersJson.Default.CreateTimerArray)?.FirstOrDefault(timer => timer.TimerId == id);
        return accepted?.AsItBegins();
    }
}
