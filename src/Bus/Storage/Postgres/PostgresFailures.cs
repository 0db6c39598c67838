using System.Net.Sockets;
using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Tells a database that is away from a statement that is wrong.</summary>
internal static class PostgresFailures
{
    /// <summary>Classes of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html) that say nothing of the statement:
    /// connection, resources, operator intervention, system error.</summary>
    private static readonly string[] Classes = ["08", "53", "57", "58"];

    /// <summary>Whether the same work may well succeed later, or on another connection.</summary>
    public static bool IsStorageFailure(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => false,
        // The server is a standby, or its tables are not made yet.
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.UndefinedTable } => true,
        PostgresException postgres => Array.Exists(Classes, code => postgres.SqlState.StartsWith(code, StringComparison.Ordinal)),
        // No answer, or a connection that broke.
        NpgsqlException or SocketException or TimeoutException or IOException => true,
        // What a connection that broke in between says.
        InvalidOperationException { Source: "Npgsql" } => true,
        _ => false,
    };
}
