using System.Globalization;
using BusIngest.Contracts.Orders;
using BusIngest.Support.Storage;
using Microsoft.Data.Sqlite;

namespace BusIngest.Support.Orders;

/// <summary>The orders in the database file.</summary>
/// <param name="dataDirectory">DATA_DIR of a program that has run.</param>
public sealed class StoredOrders(string dataDirectory) : IStoredOrders
{
    private const string File = "busingest.db";
    private static readonly string Rows = OrderRows.Query(static time => time);

    /// <inheritdoc />
    public Task NoteAsync(CancellationToken cancellationToken)
    {
        using var connection = Database.Open(dataDirectory, File, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            CREATE TABLE {OrderRows.Notes} (seq INTEGER NOT NULL);
            CREATE TRIGGER {OrderRows.Notes} AFTER UPDATE OF status ON orders WHEN NEW.status = 'processado'
            BEGIN INSERT INTO {OrderRows.Notes} VALUES (NEW.seq); END
            """;
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<OrderRows> ReadAsync(Guid runId, CancellationToken cancellationToken)
    {
        using var connection = Database.Open(dataDirectory, File);
        using var snapshot = connection.BeginTransaction(deferred: true);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT run FROM order_runs WHERE id = @id";
        command.Parameters.AddWithValue("@id", runId.ToString());
        if (command.ExecuteScalar() is not { } number)
            return Task.FromResult(new OrderRows());

        var run = Convert.ToInt64(number, CultureInfo.InvariantCulture);
#pragma warning disable CA2100 // A constant.
        command.CommandText = Rows;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("@first", OrderRange.First(run));
        command.Parameters.AddWithValue("@last", OrderRange.Last(run));
        using var row = command.ExecuteReader();
        row.Read();
        return Task.FromResult(OrderRows.Read(row));
    }
}
