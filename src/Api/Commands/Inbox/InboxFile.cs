using Microsoft.Data.Sqlite;

namespace BusIngest.Api.Commands.Inbox;

/// <summary>`inbox.db` of a data directory, beside the process that has it.</summary>
internal static class InboxFile
{
    private const string Parked = """
        SELECT message_type, endpoint, count(*), sum(records), sum(length(body)), min(accepted_at) FROM inbox GROUP BY 1, 2 ORDER BY 1, 2
        """;

    /// <summary>Counts what waits there.</summary>
    /// <exception cref="CommandException">There is no such file, or it can't be read.</exception>
    public static IReadOnlyList<ParkedMessages> Read(string dataDirectory)
    {
        var path = Path.Combine(Path.GetFullPath(dataDirectory), "inbox.db");
        if (!File.Exists(path))
            throw new CommandException($"{path} is not there: no process has used this DATA_DIR");

        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        try
        {
            using var connection = new SqliteConnection(settings.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = Parked;
            using var rows = command.ExecuteReader();
            var parked = new List<ParkedMessages>();
            while (rows.Read())
                parked.Add(Read(dataDirectory, rows));
            return parked;
        }
        catch (SqliteException exception)
        {
            throw new CommandException($"{path} can't be read: {exception.Message}", exception);
        }
    }

    private static ParkedMessages Read(string dataDirectory, SqliteDataReader row) => new(
        dataDirectory,
        row.GetString(0),
        row.IsDBNull(1) ? null : row.GetString(1),
        row.GetInt64(2),
        row.GetInt64(3),
        row.GetInt64(4),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));
}
