using BusIngest.Support.Servers;
using Npgsql;

namespace BusIngest.Support.Storage;

/// <summary>A row of `events`.</summary>
/// <param name="EventId">Its id.</param>
/// <param name="AccountId">Its account.</param>
/// <param name="UserId">Its user.</param>
/// <param name="Type">Its type.</param>
/// <param name="TimestampMs">Its time, in milliseconds since 1970.</param>
public sealed record StoredEventRow(string EventId, string AccountId, string UserId, string Type, long TimestampMs);

/// <summary>The rows of `events`, read there and not taken from the program's word.</summary>
public static class StoredEvents
{
    private const int TimeoutSeconds = 300;

    /// <summary>All rows of a SQLite file.</summary>
    /// <param name="dataDirectory">DATA_DIR.</param>
    public static IReadOnlyList<StoredEventRow> Read(string dataDirectory)
    {
        using var connection = Database.Open(dataDirectory, "busingest.db");
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT event_id, account_id, user_id, type, timestamp FROM events";
        using var rows = command.ExecuteReader();
        var events = new List<StoredEventRow>();
        while (rows.Read())
            events.Add(new StoredEventRow(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetInt64(4)));
        return events;
    }

    /// <summary>All rows in PostgreSQL.</summary>
    /// <param name="databaseUrl">postgresql://user:password@host:port/name.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static async Task<IReadOnlyList<StoredEventRow>> ReadAsync(string databaseUrl, CancellationToken cancellationToken)
    {
        var address = DatabaseUrl.Parse(databaseUrl);
        address.CommandTimeout = TimeoutSeconds;
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT event_id, account_id, user_id, type, timestamp FROM events", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<StoredEventRow>();
        while (await rows.ReadAsync(cancellationToken))
        {
            events.Add(new StoredEventRow(
                rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetFieldValue<DateTimeOffset>(4).ToUnixTimeMilliseconds()));
        }

        return events;
    }
}
