using BusIngest.Support.Programs;
using BusIngest.Support.Servers;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BusIngest.Integration.Operating;

/// <summary>
/// What a program of commit 1a120fd left behind on PostgreSQL and in its DATA_DIR, before there were traces: it had been killed with a run of 200 orders paused at
/// its VIP barrier, a pull of 600 events paused by its client, a car stored, one given up, one parked in its inbox, and two timers. SQL as `pg_dump --inserts` and
/// `sqlite3 .dump` write it; its broker was empty.
/// </summary>
internal static class EarlierServer
{
    /// <summary>The instance of its DATA_DIR.</summary>
    public const string Instance = "94b92179-bcca-48d2-900c-a37f67ab9629";

    /// <summary>How many events the source has, in pages of <see cref="PageSize"/>.</summary>
    public const int Events = 600;

    /// <summary>How many events a page had.</summary>
    public const int PageSize = 20;

    /// <summary>The cars that were stored.</summary>
    public static IReadOnlyList<Guid> Stored { get; } = [Car(1), Car(2)];

    /// <summary>The one that was given up, and could be stored by now.</summary>
    public static Guid GivenUp { get; } = Car(3);

    /// <summary>The one in the inbox.</summary>
    public static Guid Parked { get; } = Car(4);

    /// <summary>The timer that was cancelled; the other one is due in 2049.</summary>
    public static Guid Cancelled { get; } = Guid.Parse("01a2009b-f3e0-7eae-a047-286c842be50d");

    /// <summary>The run of sync.</summary>
    public static Guid Pull { get; } = Guid.Parse("01a2009b-f963-75b6-b244-03f652ef8546");

    /// <summary>Fills an empty database, and makes a DATA_DIR.</summary>
    public static async Task WriteAsync(ScratchDatabase database, string dataDirectory, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(cancellationToken);
#pragma warning disable CA2100 // A file of the tests.
        await using var command = new NpgsqlCommand(await TextAsync("postgres", cancellationToken), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);

        Directory.CreateDirectory(dataDirectory);
        await File.WriteAllTextAsync(Path.Combine(dataDirectory, "instance"), Instance, cancellationToken);
        await using var inbox = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataDirectory, "inbox.db"), Pooling = false }.ConnectionString);
        await inbox.OpenAsync(cancellationToken);
        await using var rows = inbox.CreateCommand();
        rows.CommandText = await TextAsync("inbox", cancellationToken);
#pragma warning restore CA2100
        await rows.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Task<string> TextAsync(string name, CancellationToken cancellationToken) =>
        File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Find(), "tests", "Integration", "Operating", "Earlier", $"{name}.sql"), cancellationToken);

    private static Guid Car(int number) => Guid.Parse($"019c12a0-0000-7000-8000-{number:000000000000}");
}
