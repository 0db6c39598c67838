using MongoDB.Bson;

namespace BusIngest.Support.Mongo;

/// <summary>Everything that is stored; one command at a time is at it.</summary>
internal sealed class MongoData
{
    private const int RememberedWrites = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, MongoTable> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<long, IReadOnlyList<BsonDocument>> _cursors = [];
    private readonly Dictionary<BsonDocument, BsonDocument> _written = [];
    private readonly Queue<BsonDocument> _writtenOrder = new();
    private long _lastCursor;

    public IReadOnlyList<BsonDocument> All(string name)
    {
        lock (_gate)
            return [.. Table(name).Documents.Select(document => (BsonDocument)document.DeepClone())];
    }

    /// <summary>Does a write, or gives the answer of the one that was done by this key.</summary>
    public BsonDocument Once(BsonDocument key, Func<BsonDocument> write)
    {
        lock (_gate)
        {
            if (_written.TryGetValue(key, out var answer))
                return answer;

            answer = write();
            _written[key] = answer;
            _writtenOrder.Enqueue(key);
            if (_writtenOrder.Count > RememberedWrites)
                _written.Remove(_writtenOrder.Dequeue());
            return answer;
        }
    }

    public MongoWrite Insert(string name, BsonDocument document)
    {
        lock (_gate)
            Table(name).Insert(document);
        return new MongoWrite(1);
    }

    public MongoWrite Update(string name, BsonDocument filter, BsonDocument update, bool multi, bool upsert)
    {
        lock (_gate)
        {
            var table = Table(name);
            var found = table.Find(filter).Take(multi ? int.MaxValue : 1).ToList();
            foreach (var document in found)
                table.Replace(document, MongoUpdate.Apply(document, update, isInsert: false));
            return found.Count > 0 || !upsert
                ? new MongoWrite(found.Count, found.Count)
                : new MongoWrite(1, 0, table.Insert(MongoUpdate.Apply(MongoFilter.Equalities(filter), update, isInsert: true)));
        }
    }

    public MongoWrite Delete(string name, BsonDocument filter, bool onlyOne)
    {
        lock (_gate)
        {
            var table = Table(name);
            var found = table.Find(filter).Take(onlyOne ? 1 : int.MaxValue).ToList();
            foreach (var document in found)
                table.Remove(document);
            return new MongoWrite(found.Count);
        }
    }

    public BsonDocument? Modify(string name, BsonDocument filter, BsonDocument update, bool upsert, bool isNew)
    {
        lock (_gate)
        {
            var table = Table(name);
            if (table.Find(filter).FirstOrDefault() is { } found)
            {
                var changed = MongoUpdate.Apply(found, update, isInsert: false);
                table.Replace(found, changed);
                return isNew ? changed : found;
            }

            if (!upsert)
                return null;
            var inserted = MongoUpdate.Apply(MongoFilter.Equalities(filter), update, isInsert: true);
            table.Insert(inserted);
            return isNew ? inserted : null;
        }
    }

    public IReadOnlyList<BsonDocument> Find(string name, BsonDocument filter, BsonDocument sort, int limit, BsonDocument projection)
    {
        lock (_gate)
        {
            var found = Table(name).Find(filter);
            foreach (var field in sort.Reverse())
                found = field.Value.ToInt32() > 0 ? found.OrderBy(document => Field(document, field.Name)) : found.OrderByDescending(document => Field(document, field.Name));
            if (limit != 0)
                found = found.Take(Math.Abs(limit));
            return [.. found.Select(document => Project(document, projection))];
        }
    }

    public void AddUnique(string name, string index, IReadOnlyList<string> fields)
    {
        lock (_gate)
            Table(name).AddUnique(index, fields);
    }

    public long AddCursor(IReadOnlyList<BsonDocument> rest)
    {
        lock (_gate)
        {
            _cursors[++_lastCursor] = rest;
            return _lastCursor;
        }
    }

    public IReadOnlyList<BsonDocument> TakeCursor(long cursor)
    {
        lock (_gate)
            return _cursors.Remove(cursor, out var rest) ? rest : throw new MongoRefusalException(43, $"cursor id {cursor} not found");
    }

    public void Drop(string database)
    {
        lock (_gate)
        {
            foreach (var name in _tables.Keys.Where(name => name.StartsWith($"{database}.", StringComparison.Ordinal)).ToList())
                _tables.Remove(name);
        }
    }

    private static BsonValue Field(BsonDocument document, string name) => document.GetValue(name, BsonNull.Value);

    /// <summary>The fields that are asked for, and the id.</summary>
    private static BsonDocument Project(BsonDocument document, BsonDocument projection) => projection.ElementCount == 0
        ? (BsonDocument)document.DeepClone()
        : new BsonDocument(document.Where(field => field.Name is "_id" || projection.Contains(field.Name)));

    private MongoTable Table(string name)
    {
        if (!_tables.TryGetValue(name, out var table))
            _tables[name] = table = new MongoTable(name);
        return table;
    }
}
