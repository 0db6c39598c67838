using Microsoft.Data.Sqlite;

namespace BusIngest.Support.Storage;

/// <summary>Connections to the program's files beside its own.</summary>
internal static class Database
{
    private const int BusyTimeoutSeconds = 30;

    /// <summary>Opens a file of DATA_DIR; nothing is created.</summary>
    public static SqliteConnection Open(string dataDirectory, string file, SqliteOpenMode mode = SqliteOpenMode.ReadOnly)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(dataDirectory, file),
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusyTimeoutSeconds,
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Runs one statement and gives its first value.</summary>
    public static T Scalar<T>(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (T)command.ExecuteScalar()!;
    }
}
