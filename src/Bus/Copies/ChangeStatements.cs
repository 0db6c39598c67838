using System.Text.Json;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Copies;

/// <summary>What is to be copied, in SQLite, over the model of <see cref="CopiesContext"/>.</summary>
internal static class ChangeStatements
{
    /// <summary>Notes a range of documents.</summary>
    public static void AddChange(this SqliteSession session, string collection, long first, long last, bool anew, DateTimeOffset now) => session
        .Statement("INSERT INTO document_changes (collection, first, last, anew, at) VALUES (?1, ?2, ?3, ?4, ?5)")
        .Bind(1, collection).Bind(2, first).Bind(3, last).Bind(4, anew ? 1 : 0).Bind(5, now.ToUnixTimeMilliseconds())
        .Execute();

    /// <summary>Notes one document.</summary>
    public static void AddChange(this SqliteSession session, string collection, Guid documentId, DateTimeOffset now) => session
        .Statement("INSERT INTO document_changes (collection, first, last, document_id, anew, at) VALUES (?1, 0, 0, ?2, 0, ?3)")
        .Bind(1, collection).Bind(2, documentId).Bind(3, now.ToUnixTimeMilliseconds())
        .Execute();

    /// <summary>Forgets what has been copied.</summary>
    public static void DeleteChanges(this SqliteSession session, long[] changes) => session
        .Statement("DELETE FROM document_changes WHERE seq IN (SELECT value FROM json_each(?1))")
        .Bind(1, JsonSerializer.Serialize(changes))
        .Execute();

    /// <summary>Forgets what has been copied of a range.</summary>
    public static void NarrowChange(this SqliteSession session, long change, long first, long last) => session
        .Statement("UPDATE document_changes SET first = ?2, last = ?3 WHERE seq = ?1")
        .Bind(1, change).Bind(2, first).Bind(3, last)
        .Execute();

    /// <summary>Begins to copy a collection, unless that is done already: with all of its documents.</summary>
    public static void BeginFeed(this SqliteSession session, string collection, DateTimeOffset now)
    {
        if (session
                .Statement("INSERT INTO document_feeds (collection, since) VALUES (?1, ?2) ON CONFLICT (collection) DO NOTHING")
                .Bind(1, collection).Bind(2, now.ToUnixTimeMilliseconds()).Execute() == 1)
            session.AddAll(collection, now);
    }

    /// <summary>Has all documents of a collection copied, in place of what else there was to copy.</summary>
    public static void AddAll(this SqliteSession session, string collection, DateTimeOffset now)
    {
        session.Statement("DELETE FROM document_changes WHERE collection = ?1").Bind(1, collection).Execute();
        session.AddChange(collection, 0, long.MaxValue, anew: true, now);
    }

    /// <summary>Ends all copying: what changes from now on is not noted.</summary>
    public static void EndFeeds(this SqliteSession session)
    {
        session.Statement("DELETE FROM document_feeds").Execute();
        session.Statement("DELETE FROM document_changes").Execute();
    }
}
