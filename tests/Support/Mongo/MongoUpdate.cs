using MongoDB.Bson;

namespace BusIngest.Support.Mongo;

/// <summary>What an update makes of a document.</summary>
internal static class MongoUpdate
{
    private const int FailedToParse = 9;

    /// <summary>The document after it: changed by operators, or replaced.</summary>
    public static BsonDocument Apply(BsonDocument document, BsonDocument update, bool isInsert)
    {
        if (update.ElementCount == 0 || !update.GetElement(0).Name.StartsWith('$'))
            return Replacement(document, update);

        var changed = (BsonDocument)document.DeepClone();
        foreach (var part in update)
            Apply(changed, part, isInsert);
        return changed;
    }

    private static BsonDocument Replacement(BsonDocument document, BsonDocument update)
    {
        var replacement = (BsonDocument)update.DeepClone();
        if (!replacement.Contains("_id") && document.TryGetValue("_id", out var id))
            replacement.InsertAt(0, new BsonElement("_id", id));
        return replacement;
    }

    private static void Apply(BsonDocument document, BsonElement part, bool isInsert)
    {
        foreach (var field in part.Value.AsBsonDocument)
        {
            switch (part.Name)
            {
                case "$set":
                    document[field.Name] = field.Value.DeepClone();
                    break;
                case "$setOnInsert":
                    if (isInsert)
                        document[field.Name] = field.Value.DeepClone();
                    break;
                case "$unset":
                    document.Remove(field.Name);
                    break;
                case "$inc":
                    document[field.Name] = Sum(document.GetValue(field.Name, 0), field.Value);
                    break;
                case "$push":
                    document[field.Name] = Push(document.GetValue(field.Name, new BsonArray()).AsBsonArray, field.Value);
                    break;
                default:
                    throw new MongoRefusalException(FailedToParse, $"Unknown modifier: {part.Name}");
            }
        }
    }

    /// <summary>As wide as the wider of both.</summary>
    private static BsonValue Sum(BsonValue number, BsonValue added) =>
        number.IsInt32 && added.IsInt32 ? number.AsInt32 + added.AsInt32 : number.ToInt64() + added.ToInt64();

    private static BsonArray Push(BsonArray items, BsonValue added)
    {
        if (added is not BsonDocument many || !many.Contains("$each"))
            return [.. items, added];

        var all = items.Concat(many["$each"].AsBsonArray).ToList();
        return many.GetValue("$slice", int.MinValue).ToInt32() switch
        {
            int.MinValue => new BsonArray(all),
            < 0 and var last => new BsonArray(all.TakeLast(-last)),
            var first => new BsonArray(all.Take(first)),
        };
    }
}
