using BusIngest.Bus.Outbox;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Transports.RabbitMq;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BusIngest.Bus.Failures;

/// <summary>Tells what a server, a file or the way to it is to blame for: no message is given up for it.</summary>
internal static class EnvironmentFailures
{
    /// <summary>Whether an exception, or what is inside of it, is one.</summary>
    public static bool IsOne(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (IsOneItself(cause))
                return true;
        }

        return false;
    }

    private static bool IsOneItself(Exception exception) => exception switch
    {
        StorageUnavailableException or OutboxUnavailableException or RedisUnavailableException or RabbitMqUnavailableException => true,
        SqliteFailureException sqlite => sqlite.IsStorageFailure,
        SqliteException sqlite => SqliteFailureException.IsStorageCode(sqlite.SqliteErrorCode),
        NpgsqlException postgres => PostgresFailures.IsStorageFailure(postgres),
        InvalidOperationException { Source: "Npgsql" } => true,
        _ => false,
    };
}
