using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Opens connections as the options say: what was given is heeded, and the rest is as this program needs it.</summary>
internal static class PostgresSource
{
    /// <summary>A process that stands still holds its locks no longer than this. As a statement, since poolers refuse startup parameters.</summary>
    private const string HoldNoLocks = "SET idle_in_transaction_session_timeout = '30s'";

    private const string HoldLocksSetting = "idle_in_transaction_session_timeout";

    /// <summary>Fills in what was not given.</summary>
    public static NpgsqlConnectionStringBuilder Complete(PostgresOptions options)
    {
        var connection = PostgresAddress.Parse(options.ConnectionString);
        Default(connection, "Maximum Pool Size", options.MaxConnections);
        Default(connection, "Timeout", (int)options.ConnectTimeout.TotalSeconds);
        Default(connection, "Command Timeout", (int)options.CommandTimeout.TotalSeconds);
        // A statement that is run a second time is prepared, on each connection.
        Default(connection, "Max Auto Prepare", 100);
        Default(connection, "Auto Prepare Min Usages", 2);
        Default(connection, "Application Name", "busingest");
        Default(connection, "Include Error Detail", true);
        // Nothing is left in a session that had to be reset, and what is set when it begins stays.
        Default(connection, "No Reset On Close", true);
        return connection;
    }

    /// <summary>Makes the source; nothing is connected yet.</summary>
    /// <param name="connection">Where to, and how.</param>
    /// <param name="passwords">Asked for the password with each new connection; null: it is the connection string's.</param>
    public static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder connection, Func<string>? passwords)
    {
        var wanted = connection.TargetSessionAttributes;
        var plain = new NpgsqlConnectionStringBuilder(connection.ConnectionString);
        plain.Remove("Target Session Attributes");
        if (passwords is not null)
            plain.Password = null;
        var builder = new NpgsqlDataSourceBuilder(plain.ConnectionString);
        if (passwords is not null)
            builder.UsePasswordProvider(_ => passwords(), (_, _) => ValueTask.FromResult(passwords()));
        if (connection.Options?.Contains(HoldLocksSetting, StringComparison.Ordinal) != true)
            builder.UsePhysicalConnectionInitializer(HoldLocksBriefly, HoldLocksBrieflyAsync);
        return wanted is null ? builder.Build() : builder.BuildMultiHost().WithTargetSession(Parse(wanted));
    }

    private static void Default(NpgsqlConnectionStringBuilder connection, string key, object value)
    {
        if (!connection.Gives(key))
            connection[key] = value;
    }

    private static TargetSessionAttributes Parse(string wanted) => wanted switch
    {
        "read-write" => TargetSessionAttributes.ReadWrite,
        "read-only" => TargetSessionAttributes.ReadOnly,
        "primary" => TargetSessionAttributes.Primary,
        "standby" => TargetSessionAttributes.Standby,
        "prefer-primary" => TargetSessionAttributes.PreferPrimary,
        "prefer-standby" => TargetSessionAttributes.PreferStandby,
        _ => TargetSessionAttributes.Any,
    };

    private static void HoldLocksBriefly(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(HoldNoLocks, connection);
        command.ExecuteNonQuery();
    }

    private static async Task HoldLocksBrieflyAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(HoldNoLocks, connection);
        await command.ExecuteNonQueryAsync();
    }
}
