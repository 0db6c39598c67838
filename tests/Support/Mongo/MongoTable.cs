using MongoDB.Bson;

namespace BusIngest.Support.Mongo;

/// <summary>One collection: documents by their ids, and its unique indexes.</summary>
internal sealed class MongoTable(string name)
{
    private const int DuplicateKey = 11000;

    private readonly Dictionary<BsonValue, BsonDocument> _documents = [];
    private readonly List<(string Name, IReadOnlyList<string> Fields)> _unique = [];

    public IEnumerable<BsonDocument> Documents => _documents.Values;

    /// <summary>Documents that match. By id they are found at once.</summary>
    public IEnumerable<BsonDocument> Find(BsonDocument filter)
    {
        var matches = MongoFilter.Compile(filter);
        return Candidates(filter).Where(matches);
    }

    /// <summary>Inserts one, with an id of its own if it has none.</summary>
    /// <returns>Its id.</returns>
    public BsonValue Insert(BsonDocument document)
    {
        if (!document.Contains("_id"))
            document.InsertAt(0, new BsonElement("_id", ObjectId.GenerateNewId()));
        var id = document["_id"];
        if (_documents.ContainsKey(id))
            throw Duplicate("_id_", "_id", id);
        CheckUnique(document);
        _documents[id] = (BsonDocument)document.DeepClone();
        return id;
    }

    public void Replace(BsonDocument before, BsonDocument after)
    {
        if (after["_id"] != before["_id"])
            throw new MongoRefusalException(66, "the immutable field '_id' was found to have been altered");
        CheckUnique(after);
        _documents[before["_id"]] = after;
    }

    public void Remove(BsonDocument document) => _documents.Remove(document["_id"]);

    public void AddUnique(string index, IReadOnlyList<string> fields)
    {
        if (!_unique.Exists(known => string.Equals(known.Name, index, StringComparison.Ordinal)))
            _unique.Add((index, fields));
    }

    private List<BsonDocument> Candidates(BsonDocument filter)
    {
        if (!filter.TryGetValue("_id", out var id))
            return _documents.Values.ToList();
        if (id is BsonDocument operators && operators.ElementCount > 0 && operators.GetElement(0).Name.StartsWith('$'))
            return operators.TryGetValue("$in", out var ids) ? ids.AsBsonArray.Distinct().Select(Get).OfType<BsonDocument>().ToList() : _documents.Values.ToList();
        return Get(id) is { } document ? [document] : [];
    }

    private BsonDocument? Get(BsonValue id) => _documents.GetValueOrDefault(id);

    private void CheckUnique(BsonDocument document)
    {
        foreach (var (index, fields) in _unique)
        {
            if (_documents.Values.Any(other => other["_id"] != document["_id"] && fields.All(field => Of(other, field) == Of(document, field))))
                throw Duplicate(index, fields[0], Of(document, fields[0]));
        }
    }

    private static BsonValue Of(BsonDocument document, string field) => document.GetValue(field, BsonNull.Value);

    private MongoRefusalException Duplicate(string index, string field, BsonValue value) =>
        new(DuplicateKey, $"E11000 duplicate key error collection: {name} index: {index} dup key: {{ {field}: {value.ToJson()} }}");
}
