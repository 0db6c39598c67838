using Npgsql;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>Statements that are sent together, in one round trip. Not thread-safe.</summary>
public sealed class PostgresBatch
{
    private readonly List<PostgresCommand> _commands = [];

    /// <summary>How many statements there are.</summary>
    public int Count => _commands.Count;

    /// <summary>Adds a statement.</summary>
    /// <param name="sql">SQL with parameters $1, $2, … A constant: what is run often is prepared.</param>
    /// <returns>To bind the parameters, in their order.</returns>
    public PostgresCommand Add(string sql)
    {
        var command = new PostgresCommand(sql);
        _commands.Add(command);
        return command;
    }

    /// <summary>Runs the statements in their order in the connection's transaction, then what they are to be checked by.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task ExecuteAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, transaction: null, cancellationToken);

    /// <summary>Runs the statements in their order, then what they are to be checked by.</summary>
    internal async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancellationToken)
    {
        if (_commands.Count == 0)
            return;

        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var command in _commands)
            batch.BatchCommands.Add(command.Command);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        foreach (var command in _commands)
            command.Check();
    }
}
