namespace BusIngest.Bus.Sessions;

/// <summary>A session that was ended before its time was up: a row of the table `ended_sessions`, for as long as it would have lasted.</summary>
internal sealed class EndedSession
{
    /// <summary>The session.</summary>
    public Guid Id { get; init; }

    /// <summary>When it would have been over.</summary>
    public DateTimeOffset EndsAt { get; init; }
}
