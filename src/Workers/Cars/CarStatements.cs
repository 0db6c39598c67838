using BusIngest.Bus.Storage;
using BusIngest.Contracts.Cars;

namespace BusIngest.Workers.Cars;

/// <summary>The cars' hot statements, over the model of <see cref="CarsContext"/>.</summary>
internal static class CarStatements
{
    /// <summary>Stores a car unless its id is stored already.</summary>
    /// <returns>Whether it was stored now.</returns>
    public static bool Insert(this SqliteSession session, Car car, DateTimeOffset now) => session
        .Statement("""
            INSERT INTO cars (id, normalized_make, normalized_model, year, price, location, generated_at, stored_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING
            """)
        .Bind(1, car.Id).Bind(2, car.NormalizedMake).Bind(3, car.NormalizedModel).Bind(4, car.Year).Bind(5, car.Price)
        .Bind(6, car.Location).Bind(7, car.GeneratedAt.ToUnixTimeMilliseconds()).Bind(8, now.ToUnixTimeMilliseconds())
        .Execute() == 1;

    /// <summary>Adds to the ledger.</summary>
    public static void Count(this SqliteSession session, int stored, int known, int redelivered) => session
        .Statement("UPDATE car_ledger SET stored = stored + ?1, known = known + ?2, redelivered = redelivered + ?3 WHERE id = 1")
        .Bind(1, stored).Bind(2, known).Bind(3, redelivered)
        .Execute();

    /// <summary>Keeps how the generator was steered.</summary>
    public static bool Save(this SqliteSession session, SeederState state) => session
        .Statement("""
            INSERT INTO car_seeder (id, running, interval_ms) VALUES (1, ?1, ?2)
            ON CONFLICT (id) DO UPDATE SET running = excluded.running, interval_ms = excluded.interval_ms
            """)
        .Bind(1, state.Running ? 1 : 0).Bind(2, state.IntervalMs)
        .Execute() == 1;
}
