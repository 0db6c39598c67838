using Microsoft.Data.Sqlite;

namespace BusIngest.Support.Storage;

/// <summary>Makes the database refuse every car of one make, until it is mended.</summary>
/// <param name="dataDirectory">DATA_DIR of a program that has run.</param>
/// <param name="make">The make, without quotes in it.</param>
public sealed class PoisonousMake(string dataDirectory, string make)
{
    /// <summary>What the database says when it refuses.</summary>
    public const string Complaint = "the test poisoned this make";

    /// <summary>From now on such cars are refused.</summary>
    public void Poison() => Run(
        $"""
        CREATE TRIGGER poison BEFORE INSERT ON cars WHEN NEW.normalized_make = '{make}'
        BEGIN SELECT RAISE(ABORT, '{Complaint}'); END
        """);

    /// <summary>From now on they are taken.</summary>
    public void Mend() => Run("DROP TRIGGER poison");

    private void Run(string sql)
    {
        using var connection = Database.Open(dataDirectory, "busingest.db", SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The make is the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
