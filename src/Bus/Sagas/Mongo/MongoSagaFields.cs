using System.Text;
using BusIngest.Bus.Sagas.Remote;
using MongoDB.Bson;
using MongoDB.Driver;

namespace BusIngest.Bus.Sagas.Mongo;

/// <summary>
/// A saga's document: `_id` kind and id, kind, correlationId, seq its place in the order of creation, version, state, document as JSON text, message the
/// last message, previous and previousState what it was before that, createdAt, updatedAt, history; deletedAt once it is deleted.
/// </summary>
internal static class MongoSagaFields
{
    /// <summary>The collection of all kinds.</summary>
    public const string Collection = "busingest_sagas";

    /// <summary>The collection of the last places given, by kind.</summary>
    public const string Counters = "busingest_counters";

    /// <summary>Changes of state that are kept of each saga.</summary>
    private const int HistoryLength = 50;

    /// <summary>As long as marks are kept by default: for so long a message may come again.</summary>
    private static readonly TimeSpan DeletedFor = TimeSpan.FromHours(24);

    private static readonly BsonDocument Absent = new("$exists", false);

    /// <summary>What lists go by, and what forgets deleted sagas.</summary>
    public static IReadOnlyList<CreateIndexModel<BsonDocument>> Indexes { get; } =
    [
        new(new BsonDocument { { "kind", 1 }, { "seq", -1 } }),
        new(new BsonDocument { { "kind", 1 }, { "state", 1 }, { "seq", -1 } }),
        new(new BsonDocument("deletedAt", 1), new CreateIndexOptions { ExpireAfter = DeletedFor }),
    ];

    /// <summary>One saga, deleted or not.</summary>
    public static BsonDocument IdIs(string kind, Guid correlationId) => new("_id", Id(kind, correlationId));

    /// <summary>One saga that is there, at a version.</summary>
    public static BsonDocument VersionIs(string kind, Guid correlationId, long version) =>
        new() { { "_id", Id(kind, correlationId) }, { "version", version }, { "deletedAt", Absent } };

    /// <summary>The same, if another message made it so.</summary>
    public static BsonDocument WrittenByOthers(BsonDocument at, Guid messageId) => With(at, "message", new BsonDocument("$ne", Text(messageId)));

    /// <summary>The same, if this message made it so.</summary>
    public static BsonDocument WrittenBy(BsonDocument at, Guid messageId) => With(at, "message", Text(messageId));

    /// <summary>One saga that is deleted.</summary>
    public static BsonDocument IsDeleted(string kind, Guid correlationId) =>
        new() { { "_id", Id(kind, correlationId) }, { "deletedAt", new BsonDocument("$exists", true) } };

    /// <summary>One saga that this message has deleted.</summary>
    public static BsonDocument DeletedBy(string kind, Guid correlationId, long version, Guid messageId) =>
        With(With(IsDeleted(kind, correlationId), "version", version), "message", Text(messageId));

    /// <summary>Sagas of a kind that are there.</summary>
    public static BsonDocument Listed(string kind) => new() { { "kind", kind }, { "deletedAt", Absent } };

    /// <summary>A new saga.</summary>
    public static BsonDocument New(string kind, Guid correlationId, SagaStep step, long seq, DateTimeOffset now) => new()
    {
        { "_id", Id(kind, correlationId) },
        { "kind", kind },
        { "correlationId", Text(correlationId) },
        { "seq", seq },
        { "version", 1L },
        { "state", step.After.State },
        { "document", Json(step.After) },
        { "message", Text(step.MessageId) },
        { "createdAt", Moment(now) },
        { "updatedAt", Moment(now) },
        { "history", new BsonArray { Change(step, 1, now) } },
    };

    /// <summary>What a message makes of a saga.</summary>
    public static BsonDocument Next(SagaStep step, long version, DateTimeOffset now)
    {
        var update = new BsonDocument("$set", new BsonDocument
        {
            { "version", version },
            { "state", step.After.State },
            { "document", Json(step.After) },
            { "message", Text(step.MessageId) },
            { "previous", Json(step.Before) },
            { "previousState", step.Before.State },
            { "updatedAt", Moment(now) },
        });
        if (!string.Equals(step.Before.State, step.After.State, StringComparison.Ordinal))
        {
            update.Add("$push", new BsonDocument("history", new BsonDocument
            {
                { "$each", new BsonArray { Change(step, version, now) } }, { "$slice", -HistoryLength },
            }));
        }

        return update;
    }

    /// <summary>What it makes of it when it comes again.</summary>
    public static BsonDocument Again(SagaStep step, DateTimeOffset now) => new("$set", new BsonDocument
    {
        { "state", step.After.State }, { "document", Json(step.After) }, { "updatedAt", Moment(now) },
    });

    /// <summary>What a message makes of a saga that it ends; what that was before is kept for it.</summary>
    public static BsonDocument Deletion(SagaSnapshot before, long version, Guid messageId, DateTimeOffset now) => new()
    {
        {
            "$set", new BsonDocument
            {
                { "version", version },
                { "message", Text(messageId) },
                { "previous", Json(before) },
                { "previousState", before.State },
                { "updatedAt", Moment(now) },
                { "deletedAt", Moment(now) },
            }
        },
        { "$unset", new BsonDocument { { "document", "" }, { "history", "" } } },
    };

    /// <summary>What a message does that has written already, comes again, and then ends the saga.</summary>
    public static BsonDocument DeletionAgain(DateTimeOffset now) => new()
    {
        { "$set", new BsonDocument { { "updatedAt", Moment(now) }, { "deletedAt", Moment(now) } } },
        { "$unset", new BsonDocument { { "document", "" }, { "history", "" } } },
    };

    /// <summary>A document as the store takes it.</summary>
    public static RemoteSaga ReadRemote(BsonDocument saga)
    {
        var version = saga["version"].ToInt64();
        var previous = saga.GetValue("previous", "").AsString;
        return new RemoteSaga(
            saga.Contains("deletedAt") ? SagaSnapshot.None : new SagaSnapshot(version, saga["state"].AsString, Utf8(saga["document"])),
            version,
            Guid.Parse(saga["message"].AsString),
            At(saga["updatedAt"]),
            previous.Length == 0 ? SagaSnapshot.None : new SagaSnapshot(version - 1, saga["previousState"].AsString, Encoding.UTF8.GetBytes(previous)));
    }

    /// <summary>A document as lists show it.</summary>
    public static SagaInstance ReadInstance(BsonDocument saga) => new()
    {
        Seq = saga["seq"].ToInt64(),
        Kind = saga["kind"].AsString,
        CorrelationId = Guid.Parse(saga["correlationId"].AsString),
        State = saga["state"].AsString,
        Version = saga["version"].ToInt64(),
        CreatedAt = At(saga["createdAt"]),
        UpdatedAt = At(saga["updatedAt"]),
        Document = saga["document"].AsString,
    };

    /// <summary>The changes of state in a document, oldest first.</summary>
    public static IReadOnlyList<SagaTransition> ReadHistory(BsonDocument saga) =>
        [.. saga["history"].AsBsonArray.Select(change => ReadChange(change.AsBsonDocument, saga["seq"].ToInt64()))];

    private static SagaTransition ReadChange(BsonDocument change, long sagaSeq) => new()
    {
        Seq = change["version"].ToInt64(),
        SagaSeq = sagaSeq,
        Version = change["version"].ToInt64(),
        Event = change["event"].AsString,
        MessageId = Guid.Parse(change["messageId"].AsString),
        FromState = change["from"].AsString,
        ToState = change["to"].AsString,
        At = At(change["at"]),
    };

    private static BsonDocument Change(SagaStep step, long version, DateTimeOffset now) => new()
    {
        { "version", version },
        { "event", step.Event },
        { "messageId", Text(step.MessageId) },
        { "from", step.Before.State },
        { "to", step.After.State },
        { "at", Moment(now) },
    };

    private static BsonDocument With(BsonDocument filter, string field, BsonValue value) => new BsonDocument(filter).Set(field, value);

    private static string Id(string kind, Guid correlationId) => $"{kind}/{correlationId}";

    private static string Text(Guid id) => id.ToString();

    private static string Json(SagaSnapshot saga) => Encoding.UTF8.GetString(saga.Document.Span);

    private static byte[] Utf8(BsonValue text) => Encoding.UTF8.GetBytes(text.AsString);

    private static BsonDateTime Moment(DateTimeOffset at) => new(at.ToUnixTimeMilliseconds());

    private static DateTimeOffset At(BsonValue moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.AsBsonDateTime.MillisecondsSinceEpoch);
}
