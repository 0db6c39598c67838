using Microsoft.Data.Sqlite;

namespace BusIngest.Bench.Twins;

/// <summary>SQLite by Microsoft.Data.Sqlite alone: what the twins are made of.</summary>
internal static class BareDriver
{
    /// <summary>Opens a file for writing, as durable as the project's own: WAL, and an fsync for every commit.</summary>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16000; PRAGMA busy_timeout=5000");
        return connection;
    }

    /// <summary>Runs SQL once.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = Prepare(connection, sql);
        command.ExecuteNonQuery();
    }

    /// <summary>A statement with its parameters, ready to be run many times.</summary>
    public static SqliteCommand Prepare(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this project.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var parameter in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        return command;
    }
}
