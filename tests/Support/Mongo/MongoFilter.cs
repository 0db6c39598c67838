using MongoDB.Bson;

namespace BusIngest.Support.Mongo;

/// <summary>Tells which documents match a filter. Fields are those of the document itself; an operator that is not known is refused.</summary>
internal static class MongoFilter
{
    private const int BadValue = 2;

    /// <summary>The test that a filter is.</summary>
    public static Func<BsonDocument, bool> Compile(BsonDocument filter)
    {
        var tests = filter.Select(Compile).ToList();
        return document => tests.TrueForAll(test => test(document));
    }

    /// <summary>The fields that a filter gives values to: an upsert begins with them.</summary>
    public static BsonDocument Equalities(BsonDocument filter) => new(filter.Where(field => !field.Name.StartsWith('$') && !IsOperators(field.Value)));

    private static Func<BsonDocument, bool> Compile(BsonElement field)
    {
        switch (field.Name)
        {
            case "$and":
                var all = field.Value.AsBsonArray.Select(part => Compile(part.AsBsonDocument)).ToList();
                return document => all.TrueForAll(test => test(document));
            case "$or":
                var any = field.Value.AsBsonArray.Select(part => Compile(part.AsBsonDocument)).ToList();
                return document => any.Exists(test => test(document));
        }

        if (field.Name.StartsWith('$'))
            throw new MongoRefusalException(BadValue, $"unknown top level operator: {field.Name}");

        var test = IsOperators(field.Value) ? Operators(field.Value.AsBsonDocument) : value => Same(value, field.Value);
        return document => test(document.GetValue(field.Name, null));
    }

    private static Func<BsonValue?, bool> Operators(BsonDocument operators)
    {
        var tests = operators.Select(Operator).ToList();
        return value => tests.TrueForAll(test => test(value));
    }

    private static Func<BsonValue?, bool> Operator(BsonElement test)
    {
        var wanted = test.Value;
        switch (test.Name)
        {
            case "$in":
                var among = wanted.AsBsonArray.ToHashSet();
                return value => value is not null && among.Contains(value);
            case "$nin":
                var others = wanted.AsBsonArray.ToHashSet();
                return value => value is null || !others.Contains(value);
            case "$not":
                var not = Operators(wanted.AsBsonDocument);
                return value => !not(value);
        }

        return test.Name switch
        {
            "$eq" => value => Same(value, wanted),
            "$ne" => value => !Same(value, wanted),
            "$gt" => value => AreAlike(value, wanted) && value!.CompareTo(wanted) > 0,
            "$gte" => value => AreAlike(value, wanted) && value!.CompareTo(wanted) >= 0,
            "$lt" => value => AreAlike(value, wanted) && value!.CompareTo(wanted) < 0,
            "$lte" => value => AreAlike(value, wanted) && value!.CompareTo(wanted) <= 0,
            "$exists" => value => value is not null == wanted.ToBoolean(),
            var name => throw new MongoRefusalException(BadValue, $"unknown operator: {name}"),
        };
    }

    /// <summary>Only values of one kind are put in an order.</summary>
    private static bool AreAlike(BsonValue? value, BsonValue wanted) =>
        value is not null && (value.BsonType == wanted.BsonType || (value.IsNumeric && wanted.IsNumeric));

    private static bool Same(BsonValue? value, BsonValue wanted) => value is null ? wanted.IsBsonNull : value.CompareTo(wanted) == 0;

    private static bool IsOperators(BsonValue value) =>
        value is BsonDocument { ElementCount: > 0 } document && document.GetElement(0).Name.StartsWith('$');
}
