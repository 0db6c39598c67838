namespace BusIngest.Bus.Outbox.Acceptance;

/// <summary>What one run of a process has accepted: a row of the table `accepted` in PostgreSQL, by which all processes know of each other.</summary>
internal sealed class AcceptedReport
{
    /// <summary>The run: from a process's start to its end.</summary>
    public Guid RunId { get; init; }

    /// <summary>The message's name.</summary>
    public required string MessageType { get; init; }

    /// <summary>The data directory that the process had, by the id in its file `instance`: it outlives the run.</summary>
    public Guid Instance { get; init; }

    /// <summary>Records that were accepted in the run.</summary>
    public long Records { get; init; }

    /// <summary>Records that are parked in the directory's inbox; 0 once a later run reports on it.</summary>
    public long Parked { get; init; }

    /// <summary>When that was so.</summary>
    public DateTimeOffset ReportedAt { get; init; }
}
