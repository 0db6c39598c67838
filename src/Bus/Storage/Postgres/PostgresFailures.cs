using System.Net.Sockets;
using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Tells what is a row's own fault from all else that PostgreSQL may say.</summary>
/// <remarks>The list is of what is surely the row's, so that a code nobody thought of costs a wait, and never a message.</remarks>
public static class PostgresFailures
{
    /// <summary>Classes of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html): data exceptions, violations of a constraint.</summary>
    private static readonly string[] ClassesOfRow = ["22", "23"];

    /// <summary>Whether a row is to blame: the same row is refused at every try.</summary>
    public static bool IsOfRow(PostgresException exception) =>
        Array.Exists(ClassesOfRow, code => exception.SqlState.StartsWith(code, StringComparison.Ordinal))
        // A trigger that refuses the row; a row that meets another of its own statement; a view's check.
        || exception.SqlState is PostgresErrorCodes.RaiseException or PostgresErrorCodes.CardinalityViolation or PostgresErrorCodes.WithCheckOptionViolation;

    /// <summary>Whether the database, its rights, its settings or the way to it are to blame: the same work may well succeed later, or on another connection.</summary>
    public static bool IsStorageFailure(Exception exception) => exception switch
    {
        PostgresException postgres => !IsOfRow(postgres),
        // No answer, or a connection that broke.
        NpgsqlException or SocketException or TimeoutException or IOException => true,
        // What Entity Framework wraps a failure in that it takes for transient.
        InvalidOperationException { InnerException: NpgsqlException inner } => IsStorageFailure(inner),
        // What a connection that broke in between says.
        InvalidOperationException { Source: "Npgsql" } => true,
        _ => false,
    };

    /// <summary>What an operator does about it, where that can be said; to be put behind the server's own words.</summary>
    /// <returns>A sentence with a leading space; empty when there is nothing to say.</returns>
    public static string Advice(Exception exception) => (exception as PostgresException ?? exception.InnerException as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            " Check user and password of DATABASE_URL, and pg_hba.conf.",
        PostgresErrorCodes.InvalidCatalogName => " Create the database, or name another one in DATABASE_URL.",
        PostgresErrorCodes.InsufficientPrivilege =>
            " Run `migrate` as a role that may, and grant this one what docs/operating.md lists.",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn =>
            " Its tables are not made, or are not this program's: run `migrate`.",
        PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.DuplicatePreparedStatement =>
            " A pooler in transaction mode between here and there? Then add Max Auto Prepare=0 to DATABASE_URL.",
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            " It is a standby, or set to read only; target_session_attrs=read-write in DATABASE_URL looks for the one that may be written.",
        _ => "",
    };
}
