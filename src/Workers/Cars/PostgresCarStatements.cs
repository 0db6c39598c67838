using BusIngest.Bus.Storage.Postgres;
using BusIngest.Contracts.Cars;
using NpgsqlTypes;

namespace BusIngest.Workers.Cars;

/// <summary>The cars' hot statements for PostgreSQL, over the model of <see cref="CarsContext"/>.</summary>
internal static class PostgresCarStatements
{
    /// <summary>
    /// Stores cars whose ids are not stored yet, and counts both kinds. The ledger has a row for each of 16 groups of connections, since one
    /// row would make every chunk wait for the commit of the one before. Sorted by id, two chunks with the same cars can't lock each other out.
    /// </summary>
    private const string Store = """
        WITH stored AS (
            INSERT INTO cars (id, normalized_make, normalized_model, year, price, location, generated_at, stored_at)
            SELECT *, $8 FROM unnest($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (id) DO NOTHING RETURNING 1)
        INSERT INTO car_ledger (id, stored, known, redelivered)
        SELECT 1 + pg_backend_pid() % 16, count(*), $9 - count(*), 0 FROM stored
        ON CONFLICT (id) DO UPDATE SET stored = car_ledger.stored + excluded.stored, known = car_ledger.known + excluded.known
        """;

    private const string Repeat = """
        INSERT INTO car_ledger (id, stored, known, redelivered) VALUES (1 + pg_backend_pid() % 16, 0, 0, $1)
        ON CONFLICT (id) DO UPDATE SET redelivered = car_ledger.redelivered + excluded.redelivered
        """;

    /// <summary>Stores cars and counts them.</summary>
    public static void Insert(this PostgresBatch batch, IReadOnlyList<Car> cars, DateTimeOffset now)
    {
        var sorted = cars.OrderBy(car => car.Id).ToList();
        batch.Add(Store)
            .BindArray([.. sorted.Select(car => car.Id)], NpgsqlDbType.Uuid)
            .BindArray([.. sorted.Select(car => car.NormalizedMake)], NpgsqlDbType.Text)
            .BindArray([.. sorted.Select(car => car.NormalizedModel)], NpgsqlDbType.Text)
            .BindArray([.. sorted.Select(car => car.Year)], NpgsqlDbType.Integer)
            .BindArray([.. sorted.Select(car => car.Price)], NpgsqlDbType.Double)
            .BindArray([.. sorted.Select(car => car.Location)], NpgsqlDbType.Text)
            .BindArray([.. sorted.Select(car => car.GeneratedAt.ToUniversalTime())], NpgsqlDbType.TimestampTz)
            .Bind(now).Bind((long)cars.Count);
    }

    /// <summary>Counts the cars of a message that came again.</summary>
    public static void CountRedelivered(this PostgresBatch batch, int cars) => batch.Add(Repeat).Bind((long)cars);

    /// <summary>Keeps how the generator was steered.</summary>
    public static void Save(this PostgresBatch batch, SeederState state) => batch
        .Add("""
            INSERT INTO car_seeder (id, running, interval_ms) VALUES (1, $1, $2)
            ON CONFLICT (id) DO UPDATE SET running = excluded.running, interval_ms = excluded.interval_ms
            """)
        .Bind(state.Running).Bind(state.IntervalMs);
}
