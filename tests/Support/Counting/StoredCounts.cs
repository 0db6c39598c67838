using BusIngest.Support.Storage;

namespace BusIngest.Support.Counting;

/// <summary>What tests/CountingHost has in its database.</summary>
/// <param name="dataDirectory">DATA_DIR.</param>
public sealed class StoredCounts(string dataDirectory)
{
    private const string File = "busingest.db";

    /// <summary>How many messages wait to be consumed.</summary>
    public long CountWaiting()
    {
        using var inbox = Database.Open(dataDirectory, "inbox.db");
        return Database.Scalar<long>(inbox, "SELECT count(*) FROM inbox") + Count("outgoing");
    }

    /// <summary>How many messages their consumers gave up on.</summary>
    public long CountFailed() => Count("failed_messages");

    /// <summary>The counters, with their counts and versions.</summary>
    public IReadOnlyDictionary<Guid, (long Count, long Version)> Counters()
    {
        using var connection = Database.Open(dataDirectory, File);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT correlation_id, document ->> 'count', version FROM sagas WHERE kind = 'counter'";
        using var rows = command.ExecuteReader();
        var counters = new Dictionary<Guid, (long Count, long Version)>();
        while (rows.Read())
            counters.Add(Guid.Parse(rows.GetString(0)), (rows.GetInt64(1), rows.GetInt64(2)));
        return counters;
    }

    /// <summary>A row for every event that was counted: its counter, itself, and the count since.</summary>
    public IReadOnlyList<(CountEvent Event, long Count)> Counted()
    {
        using var connection = Database.Open(dataDirectory, File);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT counter_id, event_id, count FROM counted";
        using var rows = command.ExecuteReader();
        var counted = new List<(CountEvent Event, long Count)>();
        while (rows.Read())
            counted.Add((new CountEvent(Guid.Parse(rows.GetString(0)), Guid.Parse(rows.GetString(1))), rows.GetInt64(2)));
        return counted;
    }

    private long Count(string table)
    {
        using var connection = Database.Open(dataDirectory, File);
        return Database.Scalar<long>(connection, $"SELECT count(*) FROM {table}");
    }
}
