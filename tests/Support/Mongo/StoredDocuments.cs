using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using BusIngest.Support.Storage;
using MongoDB.Bson;
using Npgsql;

namespace BusIngest.Support.Mongo;

/// <summary>What copies are to be: orders and timers as the database has them, each as one line by its id.</summary>
public static class StoredDocuments
{
    private const string OrdersQuery =
        "SELECT id, cliente, valor, tier, priority, observacoes, status, created_at, processed_at, seq FROM orders";

    private const string TimersQuery = "SELECT correlation_id, state, seq, version, {0} FROM sagas WHERE kind = 'timer'";

    private static readonly string[] OrderFields =
        ["_id", "cliente", "valor", "tier", "priority", "observacoes", "status", "createdAt", "processedAt", "seq"];

    private static readonly string[] TimerFields =
    [
        "_id", "timerStatus", "seq", "version", "webhookUrl", "createdAt", "dueAt", "firedAt", "deliveredAt", "nextAttemptAt", "attempts", "lastError",
    ];

    private static readonly string[] TimerTimes = ["createdAt", "dueAt", "firedAt", "deliveredAt", "nextAttemptAt"];

    /// <summary>The collections.</summary>
    public static IReadOnlyList<string> Collections { get; } = ["orders", "timers"];

    /// <summary>What differs between the copies and the database, in some lines; empty when nothing does.</summary>
    /// <param name="mongo">The copies.</param>
    /// <param name="open">Opens the database.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    public static async Task<string> DifferencesAsync(MongoScratch mongo, Func<Task<DbConnection>> open, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var collection in Collections)
        {
            var copies = (await mongo.ReadAsync(collection, cancellationToken)).ToDictionary(copy => copy.Key, copy => Line(collection, copy.Value), StringComparer.Ordinal);
            var stored = await ReadAsync(collection, open, cancellationToken);
            lines.AddRange(stored.Keys.Except(copies.Keys, StringComparer.Ordinal).Take(3).Select(id => $"{collection} {id} has no copy: {stored[id]}"));
            lines.AddRange(copies.Keys.Except(stored.Keys, StringComparer.Ordinal).Take(3).Select(id => $"{collection} {id} is a copy of nothing: {copies[id]}"));
            lines.AddRange(stored.Where(row => copies.TryGetValue(row.Key, out var copy) && !string.Equals(copy, row.Value, StringComparison.Ordinal))
                .Take(3).Select(row => $"{collection} {row.Value} is copied as {copies[row.Key]}"));
        }

        return string.Join('\n', lines);
    }

    /// <summary>The file of a data directory.</summary>
    public static Func<Task<DbConnection>> In(string dataDirectory) => () =>
        Task.FromResult<DbConnection>(Database.Open(dataDirectory, "busingest.db"));

    /// <summary>A PostgreSQL database.</summary>
    public static Func<Task<DbConnection>> At(string connectionString) => async () =>
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    };

    private static async Task<Dictionary<string, string>> ReadAsync(string collection, Func<Task<DbConnection>> open, CancellationToken cancellationToken)
    {
        await using var connection = await open();
        await using var command = connection.CreateCommand();
        var document = connection is NpgsqlConnection ? "document::text" : "document";
#pragma warning disable CA2100 // Constants.
        command.CommandText = collection is "orders" ? OrdersQuery : TimersQuery.Replace("{0}", document, StringComparison.Ordinal);
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken))
        {
            var id = rows.GetValue(0).ToString()!;
            lines[id] = collection is "orders"
                ? string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(field => Written(rows.GetValue(field))))
                : string.Join('|', [id, .. Enumerable.Range(1, 3).Select(field => Written(rows.GetValue(field))), .. Timer(rows.GetString(4))]);
        }

        return lines;
    }

    private static IEnumerable<string> Timer(string document)
    {
        var timer = JsonElement.Parse(document);
        return TimerFields[4..].Select(field => !timer.TryGetProperty(field, out var value) ? field is "attempts" ? "0" : ""
            : TimerTimes.Contains(field, StringComparer.Ordinal) ? Written(value.GetDateTimeOffset()) : value.ToString());
    }

    private static string Line(string collection, BsonDocument copy) =>
        string.Join('|', (collection is "orders" ? OrderFields : TimerFields).Select(field => Text(copy.GetValue(field, BsonNull.Value))));

    private static string Text(BsonValue value) => value switch
    {
        BsonDateTime time => Written(time.MillisecondsSinceEpoch),
        BsonNull => "",
        BsonDouble number => Written(number.Value),
        _ => value.ToString()!,
    };

    private static string Written(object value) => value switch
    {
        DBNull => "",
        DateTimeOffset time => Written(time.ToUnixTimeMilliseconds()),
        DateTime time => Written(new DateTimeOffset(time).ToUnixTimeMilliseconds()),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
