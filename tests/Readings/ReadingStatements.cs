using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;
using NpgsqlTypes;

namespace BusIngest.Readings;

/// <summary>The statements of the readings, over the model of <see cref="ReadingsContext"/>.</summary>
internal static class ReadingStatements
{
    /// <summary>Stores a reading unless its id is stored already.</summary>
    /// <returns>Whether it was stored now.</returns>
    public static bool Insert(this SqliteSession session, Reading reading) => session
        .Statement("INSERT INTO readings (id, meter, value, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING")
        .Bind(1, reading.Id).Bind(2, reading.Meter).Bind(3, reading.Value).Bind(4, reading.At.ToUnixTimeMilliseconds())
        .Execute() == 1;

    /// <summary>The same for PostgreSQL, all in one statement. Sorted by id, two chunks with the same readings can't lock each other out.</summary>
    public static void Insert(this PostgresBatch batch, IReadOnlyList<Reading> readings)
    {
        var sorted = readings.OrderBy(reading => reading.Id).ToList();
        batch.Add("INSERT INTO readings (id, meter, value, at) SELECT * FROM unnest($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING")
            .BindArray([.. sorted.Select(reading => reading.Id)], NpgsqlDbType.Uuid)
            .BindArray([.. sorted.Select(reading => reading.Meter)], NpgsqlDbType.Text)
            .BindArray([.. sorted.Select(reading => reading.Value)], NpgsqlDbType.Double)
            .BindArray([.. sorted.Select(reading => reading.At.ToUniversalTime())], NpgsqlDbType.TimestampTz);
    }
}
