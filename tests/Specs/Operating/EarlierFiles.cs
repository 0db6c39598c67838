using BusIngest.Specs.Deployment;
using Microsoft.Data.Sqlite;

namespace BusIngest.Specs.Operating;

/// <summary>
/// What a program of commit 8787f4a left behind, before there were events, traces and retention: it had been killed with a run of 200 orders paused at its VIP
/// barrier, a car accepted and not stored, one given up, and two timers. SQL as `sqlite3 .dump` writes it; only the webhooks' secret was replaced.
/// </summary>
internal static class EarlierFiles
{
    /// <summary>The cars that were stored.</summary>
    public static IReadOnlyList<Guid> Stored { get; } = [Car(1), Car(2)];

    /// <summary>The one that was given up, and could be stored by now.</summary>
    public static Guid GivenUp { get; } = Car(3);

    /// <summary>The one in the inbox.</summary>
    public static Guid Parked { get; } = Car(4);

    /// <summary>A timer for 2108.</summary>
    public static Guid Timer { get; } = Guid.Parse("01a1ffe2-b07e-7a43-9648-8687fecce493");

    /// <summary>A timer that was cancelled.</summary>
    public static Guid Cancelled { get; } = Guid.Parse("01a1ffe2-b033-75fe-bae2-747515fdb0c0");

    /// <summary>The run of orders.</summary>
    public static Guid Run { get; } = Guid.Parse("01a1ffe2-b238-73ae-8740-71105676eb50");

    /// <summary>The run of sync of <see cref="WritePull"/>.</summary>
    public static Guid Pull { get; } = Guid.Parse("01a2009a-e951-7253-98fe-e81a541addb6");

    /// <summary>Makes a DATA_DIR of it.</summary>
    public static void Write(string dataDirectory) => Write(dataDirectory, "");

    /// <summary>
    /// Makes a DATA_DIR of what a program of commit 1a120fd left behind, before there were traces: it had been killed with a pull of 600 events in full swing, 20 a page.
    /// </summary>
    public static void WritePull(string dataDirectory) => Write(dataDirectory, "Pull/");

    private static void Write(string dataDirectory, string folder)
    {
        Directory.CreateDirectory(dataDirectory);
        foreach (var name in new[] { "busingest", "inbox" })
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataDirectory, $"{name}.db"), Pooling = false }.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A file of the tests.
            command.CommandText = Repository.Text($"tests/Specs/Operating/Earlier/{folder}{name}.sql");
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }

    private static Guid Car(int number) => Guid.Parse($"019c12a0-0000-7000-8000-{number:000000000000}");
}
