using BusIngest.Bus.Storage.Postgres;
using NpgsqlTypes;

namespace BusIngest.Bus.Copies;

/// <summary>What is to be copied, in PostgreSQL, over the model of <see cref="CopiesContext"/>.</summary>
internal static class PostgresChangeStatements
{
    /// <summary>Notes a range of documents.</summary>
    public static void AddChange(this PostgresBatch batch, string collection, long first, long last, bool anew, DateTimeOffset now) => batch
        .Add("INSERT INTO document_changes (collection, first, last, anew, at) VALUES ($1, $2, $3, $4, $5)")
        .Bind(collection).Bind(first).Bind(last).Bind(anew).Bind(now);

    /// <summary>Notes one document.</summary>
    public static void AddChange(this PostgresBatch batch, string collection, Guid documentId, DateTimeOffset now) => batch
        .Add("INSERT INTO document_changes (collection, first, last, document_id, anew, at) VALUES ($1, 0, 0, $2, false, $3)")
        .Bind(collection).Bind(documentId).Bind(now);

    /// <summary>Forgets what has been copied.</summary>
    public static void DeleteChanges(this PostgresBatch batch, long[] changes) => batch
        .Add("DELETE FROM document_changes WHERE seq = ANY ($1)")
        .BindArray(changes, NpgsqlDbType.Bigint);

    /// <summary>Forgets what has been copied of a range.</summary>
    public static void NarrowChange(this PostgresBatch batch, long change, long first, long last) => batch
        .Add("UPDATE document_changes SET first = $2, last = $3 WHERE seq = $1")
        .Bind(change).Bind(first).Bind(last);

    /// <summary>Begins to copy a collection, unless that is done already: with all of its documents.</summary>
    public static void BeginFeed(this PostgresBatch batch, string collection, DateTimeOffset now) => batch
        .Add("""
            WITH begun AS (INSERT INTO document_feeds (collection, since) VALUES ($1, $2) ON CONFLICT (collection) DO NOTHING RETURNING collection),
                 gone AS (DELETE FROM document_changes USING begun WHERE document_changes.collection = begun.collection)
            INSERT INTO document_changes (collection, first, last, anew, at) SELECT collection, 0, 9223372036854775807, true, $2 FROM begun
            """)
        .Bind(collection).Bind(now);

    /// <summary>Has all documents of a collection copied, in place of what else there was to copy.</summary>
    public static void AddAll(this PostgresBatch batch, string collection, DateTimeOffset now)
    {
        batch.Add("DELETE FROM document_changes WHERE collection = $1").Bind(collection);
        batch.AddChange(collection, 0, long.MaxValue, anew: true, now);
    }

    /// <summary>Takes a collection in hand, or keeps it, unless another has it.</summary>
    /// <returns>To check whether one row says so.</returns>
    public static PostgresCommand HoldFeed(this PostgresBatch batch, string collection, Guid holder, TimeSpan hold) => batch
        .Add("""
            UPDATE document_feeds SET holder = $2, held_until = now() + $3
            WHERE collection = $1 AND (holder = $2 OR holder IS NULL OR held_until < now())
            """)
        .Bind(collection).Bind(holder).Bind(hold);

    /// <summary>Lets go of a collection.</summary>
    public static void ReleaseFeed(this PostgresBatch batch, string collection, Guid holder) => batch
        .Add("UPDATE document_feeds SET holder = NULL, held_until = NULL WHERE collection = $1 AND holder = $2")
        .Bind(collection).Bind(holder);

    /// <summary>Ends all copying: what changes from now on is not noted.</summary>
    public static void EndFeeds(this PostgresBatch batch)
    {
        batch.Add("DELETE FROM document_feeds");
        batch.Add("DELETE FROM document_changes");
    }
}
