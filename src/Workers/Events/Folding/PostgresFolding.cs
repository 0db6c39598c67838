using BusIngest.Bus.Storage.Postgres;
using BusIngest.Workers.Events.Packing;
using Npgsql;
using NpgsqlTypes;

namespace BusIngest.Workers.Events.Folding;

/// <summary>Folds in PostgreSQL, one process at a time.</summary>
internal sealed class PostgresFolding(PostgresDatabase database) : IFolding
{
    /// <summary>Anything, as long as nobody else has it; "fold".</summary>
    private const long AdvisoryLock = 0x666F6C64;

    /// <summary>Chunks have at most a thousand events, mostly far fewer.</summary>
    private const int MostRows = 200;

    private const string Take = """
        DELETE FROM event_tail WHERE seq = ANY (ARRAY (SELECT seq FROM event_tail ORDER BY seq LIMIT $1)) RETURNING events, body
        """;

    private const string Find = """
        SELECT bucket.key, bucket.events, bucket.counts, CASE WHEN bucket.events < $2 THEN bucket.detail ELSE ''::bytea END
        FROM unnest($1) AS hour (first) CROSS JOIN LATERAL
            (SELECT * FROM event_buckets WHERE key >= hour.first AND key < hour.first + 65536 ORDER BY key DESC LIMIT 1) AS bucket
        """;

    private const string Keep = """
        INSERT INTO event_buckets (key, events, counts, detail) SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT (key) DO UPDATE SET events = excluded.events, counts = excluded.counts, detail = excluded.detail
        """;

    private readonly PackedWriter _scratch = new();

    public async Task<int> FoldAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(() => FoldAsync(connection, cancellationToken), cancellationToken);
    }

    public Task<bool> TidyAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    private async Task<int> FoldAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var enter = new NpgsqlCommand($"SELECT pg_try_advisory_xact_lock({AdvisoryLock})", connection);
        if (await enter.ExecuteScalarAsync(cancellationToken) is not true)
            return 0;

        var (tails, events) = await TakeAsync(connection, cancellationToken);
        if (events == 0)
            return 0;

        var slices = Slice.Cut(tails);
        var last = await FindAsync(connection, slices, cancellationToken);
        var buckets = new Dictionary<long, Bucket>();
        foreach (var slice in slices)
        {
            foreach (var bucket in slice.AddTo(last.TryGetValue(slice.First, out var found) ? found : null, _scratch))
                buckets[bucket.Key] = bucket;
        }

        await KeepAsync(connection, [.. buckets.Values], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return events;
    }

    private static async Task<(List<byte[]> Tails, int Events)> TakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var take = new NpgsqlCommand(Take, connection);
        take.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostRows });
        await using var rows = await take.ExecuteReaderAsync(cancellationToken);
        var (tails, events) = (new List<byte[]>(), 0);
        while (await rows.ReadAsync(cancellationToken))
        {
            events += rows.GetInt32(0);
            tails.Add(rows.GetFieldValue<byte[]>(1));
        }

        return (tails, events);
    }

    /// <summary>The last segment of each account's hour, by the hour's first key.</summary>
    private static async Task<Dictionary<long, Bucket>> FindAsync(NpgsqlConnection connection, List<Slice> slices, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand(Find, connection);
        find.Parameters.Add(Column([.. slices.Select(slice => slice.First)], NpgsqlDbType.Bigint));
        find.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Bucket.MostEvents });
        await using var rows = await find.ExecuteReaderAsync(cancellationToken);
        var last = new Dictionary<long, Bucket>(slices.Count);
        while (await rows.ReadAsync(cancellationToken))
        {
            var bucket = new Bucket(rows.GetInt64(0), rows.GetInt32(1), rows.GetFieldValue<byte[]>(2), rows.GetFieldValue<byte[]>(3));
            last[BucketKey.First(bucket.Key)] = bucket;
        }

        return last;
    }

    private static async Task KeepAsync(NpgsqlConnection connection, Bucket[] buckets, CancellationToken cancellationToken)
    {
        await using var keep = new NpgsqlCommand(Keep, connection);
        keep.Parameters.Add(Column([.. buckets.Select(bucket => bucket.Key)], NpgsqlDbType.Bigint));
        keep.Parameters.Add(Column([.. buckets.Select(bucket => bucket.Events)], NpgsqlDbType.Integer));
        keep.Parameters.Add(Column([.. buckets.Select(bucket => bucket.Counts)], NpgsqlDbType.Bytea));
        keep.Parameters.Add(Column([.. buckets.Select(bucket => bucket.Detail)], NpgsqlDbType.Bytea));
        await keep.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter<T[]> Column<T>(T[] values, NpgsqlDbType type) => new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
