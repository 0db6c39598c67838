using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using BusIngest.Bench.Benchmarks;
using BusIngest.Contracts.Cars;
using Microsoft.Data.Sqlite;

namespace BusIngest.Bench.Twins;

/// <summary>
/// What generating and storing cars costs without a bus: chunks go through a row of one file into the rows of another, each step
/// with its own fsync, so that a kill at any moment loses nothing.
/// </summary>
/// <param name="inboxPath">The file of the chunks.</param>
/// <param name="mainPath">The file of the cars.</param>
internal sealed class CarPipeline(string inboxPath, string mainPath)
{
    private const int ChunkCars = 1_000;
    private const int ChunksInFlight = 32;

    private readonly Channel<long> _accepted = Channel.CreateBounded<long>(ChunksInFlight);
    private readonly Channel<long> _stored = Channel.CreateUnbounded<long>();

    /// <summary>Runs one task that accepts and one that stores, until the time is over.</summary>
    /// <returns>Cars stored.</returns>
    public async Task<long> RunAsync(TimeSpan duration)
    {
        using var inbox = BareDriver.Open(inboxPath);
        using var main = BareDriver.Open(mainPath);
        BareDriver.Execute(inbox, "CREATE TABLE inbox (seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL, records INTEGER NOT NULL, body BLOB NOT NULL)");
        BareDriver.Execute(main, """
            CREATE TABLE cars (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, normalized_make TEXT NOT NULL, normalized_model TEXT NOT NULL,
                year INTEGER NOT NULL, price REAL NOT NULL, location TEXT NOT NULL, generated_at INTEGER NOT NULL, stored_at INTEGER NOT NULL);
            CREATE UNIQUE INDEX cars_id ON cars (id);
            CREATE TABLE marks (message_id TEXT PRIMARY KEY, consumed_at INTEGER NOT NULL)
            """);

        var accepting = Task.Run(() => AcceptAsync(inbox, Stopwatch.GetTimestamp(), duration));
        var storing = Task.Run(() => StoreAsync(main));
        await accepting;
        return await storing;
    }

    /// <summary>Draws chunks, puts them in the inbox, and removes those that were stored in the meantime.</summary>
    private async Task AcceptAsync(SqliteConnection inbox, long started, TimeSpan duration)
    {
        using var begin = BareDriver.Prepare(inbox, "BEGIN IMMEDIATE");
        using var commit = BareDriver.Prepare(inbox, "COMMIT");
        using var insert = BareDriver.Prepare(inbox, "INSERT INTO inbox VALUES ($seq, $id, $records, $body)", "$seq", "$id", "$records", "$body");
        using var delete = BareDriver.Prepare(inbox, "DELETE FROM inbox WHERE seq = $seq", "$seq");
        for (var seq = 1L; Stopwatch.GetElapsedTime(started) < duration; seq++)
        {
            var cars = CarSamples.Draw(ChunkCars);
            begin.ExecuteNonQuery();
            Bind(insert, seq, Guid.CreateVersion7(cars[0].GeneratedAt).ToString(), cars.Length, JsonSerializer.SerializeToUtf8Bytes(cars, CarsJson.Default.CarArray));
            insert.ExecuteNonQuery();
            while (_stored.Reader.TryRead(out var stored))
            {
                Bind(delete, stored);
                delete.ExecuteNonQuery();
            }

            commit.ExecuteNonQuery();
            await _accepted.Writer.WriteAsync(seq);
        }

        _accepted.Writer.Complete();
    }

    /// <summary>Reads chunks back and stores their cars, each chunk with its mark in one transaction.</summary>
    private async Task<long> StoreAsync(SqliteConnection main)
    {
        using var inbox = BareDriver.Open(inboxPath);
        using var read = BareDriver.Prepare(inbox, "SELECT message_id, body FROM inbox WHERE seq = $seq", "$seq");
        using var begin = BareDriver.Prepare(main, "BEGIN IMMEDIATE");
        using var commit = BareDriver.Prepare(main, "COMMIT");
        using var mark = BareDriver.Prepare(main, "INSERT INTO marks VALUES ($id, $at)", "$id", "$at");
        using var insert = BareDriver.Prepare(
            main,
            """
            INSERT INTO cars (id, normalized_make, normalized_model, year, price, location, generated_at, stored_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING
            """,
            "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8");
        var total = 0L;
        await foreach (var seq in _accepted.Reader.ReadAllAsync())
        {
            var (messageId, cars) = Read(read, seq);
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            begin.ExecuteNonQuery();
            Bind(mark, messageId, now);
            mark.ExecuteNonQuery();
            foreach (var car in cars)
            {
                Bind(
                    insert, car.Id.ToString(), car.NormalizedMake, car.NormalizedModel, car.Year, car.Price, car.Location,
                    car.GeneratedAt.ToUnixTimeMilliseconds(), now);
                total += insert.ExecuteNonQuery();
            }

            commit.ExecuteNonQuery();
            _stored.Writer.TryWrite(seq);
        }

        return total;
    }

    private static (string MessageId, Car[] Cars) Read(SqliteCommand read, long seq)
    {
        Bind(read, seq);
        using var row = read.ExecuteReader();
        row.Read();
        return (row.GetString(0), JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(1), CarsJson.Default.CarArray)!);
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
    }
}
