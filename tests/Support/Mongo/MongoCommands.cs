using MongoDB.Bson;

namespace BusIngest.Support.Mongo;

/// <summary>Carries commands out, for one connection.</summary>
internal sealed class MongoCommands(MongoData data, int port)
{
    /// <summary>The replica set's name.</summary>
    public const string SetName = "rs0";

    private const int FirstBatch = 101;

    /// <summary>A message has its bounds.</summary>
    private const int LargestBatch = 10_000;
    private const int CommandNotFound = 59;

    /// <summary>Of MongoDB 7.0.</summary>
    private const int WireVersion = 21;
    private static readonly ObjectId Election = ObjectId.GenerateNewId();

    /// <summary>Carries one out.</summary>
    public BsonDocument Run(MongoRequest request)
    {
        try
        {
            // A write that a client sends again after its connection broke is not done again.
            return request.Command.TryGetValue("txnNumber", out var number)
                ? data.Once(new BsonDocument { { "session", request.Command["lsid"] }, { "number", number } }, () => Answer(request))
                : Answer(request);
        }
        catch (MongoRefusalException refusal)
        {
            return Refuse(refusal.Code, refusal.Message);
        }
    }

    private BsonDocument Answer(MongoRequest request) => request.Name switch
    {
        "hello" or "isMaster" or "ismaster" => Hello(),
        "ping" or "endSessions" or "killCursors" => Ok(),
        "dropDatabase" => Drop(request),
        "insert" => Insert(request),
        "update" => Update(request),
        "delete" => Delete(request),
        "find" => Find(request),
        "getMore" => More(request),
        "aggregate" => Count(request),
        "findAndModify" => Modify(request),
        "createIndexes" => CreateIndexes(request),
        var name => Refuse(CommandNotFound, $"no such command: '{name}'"),
    };

    private BsonDocument Hello() => Ok().AddRange(new BsonDocument
    {
        { "helloOk", true },
        { "isWritablePrimary", true },
        { "ismaster", true },
        { "setName", SetName },
        { "setVersion", 1 },
        { "electionId", Election },
        { "hosts", new BsonArray { Me } },
        { "primary", Me },
        { "me", Me },
        { "secondary", false },
        { "maxBsonObjectSize", 16_777_216 },
        { "maxMessageSizeBytes", 48_000_000 },
        { "maxWriteBatchSize", 100_000 },
        { "logicalSessionTimeoutMinutes", 30 },
        { "minWireVersion", 0 },
        { "maxWireVersion", WireVersion },
        { "readOnly", false },
    });

    private string Me => $"127.0.0.1:{port}";

    private BsonDocument Drop(MongoRequest request)
    {
        data.Drop(request.Command["$db"].AsString);
        return Ok();
    }

    private BsonDocument Insert(MongoRequest request) => Each(
        request, "documents", document => data.Insert(request.Namespace, document), (_, _) => { });

    private BsonDocument Update(MongoRequest request)
    {
        var upserted = new BsonArray();
        var modified = 0;
        var answer = Each(
            request,
            "updates",
            update =>
            {
                var done = data.Update(
                    request.Namespace, update["q"].AsBsonDocument, update["u"].AsBsonDocument, Flag(update, "multi"), Flag(update, "upsert"));
                modified += done.Modified;
                return done;
            },
            (index, done) =>
            {
                if (done.Upserted is not null)
                    upserted.Add(new BsonDocument { { "index", index }, { "_id", done.Upserted } });
            });
        answer["nModified"] = modified;
        if (upserted.Count > 0)
            answer["upserted"] = upserted;
        return answer;
    }

    private BsonDocument Delete(MongoRequest request) => Each(
        request,
        "deletes",
        delete => data.Delete(request.Namespace, delete["q"].AsBsonDocument, onlyOne: delete["limit"].ToInt32() == 1),
        (_, _) => { });

    /// <summary>Does each, the ones after a refused one too where they are in no order.</summary>
    private static BsonDocument Each(MongoRequest request, string field, Func<BsonDocument, MongoWrite> work, Action<int, MongoWrite> done)
    {
        var (errors, matched) = (new BsonArray(), 0);
        var items = request.Command[field].AsBsonArray;
        for (var index = 0; index < items.Count; index++)
        {
            try
            {
                var write = work(items[index].AsBsonDocument);
                matched += write.Matched;
                done(index, write);
            }
            catch (MongoRefusalException refusal)
            {
                errors.Add(new BsonDocument { { "index", index }, { "code", refusal.Code }, { "errmsg", refusal.Message } });
                if (request.Command.GetValue("ordered", true).AsBoolean)
                    break;
            }
        }

        var answer = Ok().Add("n", matched);
        if (errors.Count > 0)
            answer["writeErrors"] = errors;
        return answer;
    }

    private BsonDocument Find(MongoRequest request)
    {
        var command = request.Command;
        var found = data.Find(
            request.Namespace,
            command.GetValue("filter", new BsonDocument()).AsBsonDocument,
            command.GetValue("sort", new BsonDocument()).AsBsonDocument,
            command.GetValue("limit", 0).ToInt32(),
            command.GetValue("projection", new BsonDocument()).AsBsonDocument);
        var batch = command.GetValue("batchSize", FirstBatch).ToInt32();
        return Flag(command, "singleBatch") ? Cursor(request.Namespace, "firstBatch", found, 0) : Page(request.Namespace, "firstBatch", found, batch);
    }

    private BsonDocument More(MongoRequest request)
    {
        var name = $"{request.Command["$db"].AsString}.{request.Command["collection"].AsString}";
        return Page(name, "nextBatch", data.TakeCursor(request.Command[0].ToInt64()), request.Command.GetValue("batchSize", LargestBatch).ToInt32());
    }

    private BsonDocument Page(string name, string field, IReadOnlyList<BsonDocument> found, int batch)
    {
        var size = Math.Min(batch, LargestBatch);
        return found.Count <= size
            ? Cursor(name, field, found, 0)
            : Cursor(name, field, [.. found.Take(size)], data.AddCursor([.. found.Skip(size)]));
    }

    private static BsonDocument Cursor(string name, string field, IReadOnlyList<BsonDocument> batch, long cursor) => Ok().Add(
        "cursor", new BsonDocument { { "id", cursor }, { "ns", name }, { field, new BsonArray(batch) } });

    /// <summary>The driver counts by a pipeline of a match and a group.</summary>
    private BsonDocument Count(MongoRequest request)
    {
        var stages = request.Command["pipeline"].AsBsonArray.Select(stage => stage.AsBsonDocument).ToList();
        if (stages is not [var match, var group] || !match.Contains("$match") || !group.Contains("$group"))
            return Refuse(CommandNotFound, "only counts are known");

        var count = data.Find(request.Namespace, match["$match"].AsBsonDocument, [], 0, []).Count;
        return Cursor(request.Namespace, "firstBatch", count == 0 ? [] : [new BsonDocument { { "_id", 1 }, { "n", count } }], 0);
    }

    private BsonDocument Modify(MongoRequest request)
    {
        var command = request.Command;
        var value = data.Modify(
            request.Namespace, command["query"].AsBsonDocument, command["update"].AsBsonDocument, Flag(command, "upsert"), Flag(command, "new"));
        return Ok().Add("value", value is null ? BsonNull.Value : value);
    }

    private BsonDocument CreateIndexes(MongoRequest request)
    {
        foreach (var index in request.Command["indexes"].AsBsonArray.Select(index => index.AsBsonDocument))
        {
            if (Flag(index, "unique"))
                data.AddUnique(request.Namespace, index["name"].AsString, [.. index["key"].AsBsonDocument.Names]);
        }

        return Ok();
    }

    private static bool Flag(BsonDocument command, string name) => command.GetValue(name, false).ToBoolean();

    private static BsonDocument Ok() => new("ok", 1.0);

    private static BsonDocument Refuse(int code, string message) => new() { { "ok", 0.0 }, { "errmsg", message }, { "code", code } };
}
