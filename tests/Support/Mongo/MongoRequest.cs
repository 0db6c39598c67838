using MongoDB.Bson;

namespace BusIngest.Support.Mongo;

/// <summary>A command of a client.</summary>
/// <param name="Id">By what the answer is told from others.</param>
/// <param name="IsOld">Whether it came as OP_QUERY, as the first hello of a connection does.</param>
/// <param name="Command">The command, with the documents that were sent beside it.</param>
internal sealed record MongoRequest(int Id, bool IsOld, BsonDocument Command)
{
    /// <summary>Its name.</summary>
    public string Name => Command.GetElement(0).Name;

    /// <summary>The full name of the collection that it is about.</summary>
    public string Namespace => $"{Command["$db"].AsString}.{Command[0].AsString}";
}
