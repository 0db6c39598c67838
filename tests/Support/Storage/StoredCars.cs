using System.Text.Json;
using BusIngest.Support.Cars;
using Microsoft.Data.Sqlite;

namespace BusIngest.Support.Storage;

/// <summary>The rows of `cars`, counted in the database file and not taken from the program's word.</summary>
/// <param name="dataDirectory">DATA_DIR.</param>
public sealed class StoredCars(string dataDirectory)
{
    private const string File = "busingest.db";
    private const int IdsPerQuery = 5_000;

    /// <summary>How many rows there are.</summary>
    public long Count() => Ask<long>("SELECT COUNT(*) FROM cars");

    /// <summary>How many different ids there are.</summary>
    public long CountIds() => Ask<long>("SELECT COUNT(DISTINCT id) FROM cars");

    /// <summary>What SQLite finds wrong with a file of DATA_DIR; `ok` when nothing.</summary>
    public string Integrity(string file)
    {
        using var connection = Database.Open(dataDirectory, file);
        return Database.Scalar<string>(connection, "PRAGMA quick_check");
    }

    /// <summary>How often each of these ids is stored, with 0 for those that are not.</summary>
    public IReadOnlyDictionary<Guid, int> Times(IEnumerable<Guid> ids)
    {
        using var connection = Database.Open(dataDirectory, File);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM cars WHERE id IN (SELECT value FROM json_each($ids))";
        var parameter = command.Parameters.Add("$ids", SqliteType.Text);
        var times = new Dictionary<Guid, int>();
        foreach (var chunk in ids.Chunk(IdsPerQuery))
        {
            foreach (var id in chunk)
                times[id] = 0;
            parameter.Value = JsonSerializer.Serialize(chunk);
            using var rows = command.ExecuteReader();
            while (rows.Read())
                times[Guid.Parse(rows.GetString(0))]++;
        }

        return times;
    }

    /// <summary>Those of these ids whose row is not what <see cref="ClientCar.Of"/> had sent.</summary>
    public IReadOnlyList<Guid> Altered(IEnumerable<Guid> ids)
    {
        using var connection = Database.Open(dataDirectory, File);
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT id, normalized_make, normalized_model, year, price, location, generated_at FROM cars
            WHERE id IN (SELECT value FROM json_each($ids))
            """;
        var parameter = command.Parameters.Add("$ids", SqliteType.Text);
        var altered = new List<Guid>();
        foreach (var chunk in ids.Chunk(IdsPerQuery))
        {
            parameter.Value = JsonSerializer.Serialize(chunk);
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var car = Read(rows);
                if (car != ClientCar.Of(car.Id))
                    altered.Add(car.Id);
            }
        }

        return altered;
    }

    private static ClientCar Read(SqliteDataReader row) => new(
        Guid.Parse(row.GetString(0)),
        row.GetString(1),
        row.GetString(2),
        row.GetInt32(3),
        row.GetDouble(4),
        row.GetString(5),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)));

    private T Ask<T>(string sql)
    {
        using var connection = Database.Open(dataDirectory, File);
        return Database.Scalar<T>(connection, sql);
    }
}
