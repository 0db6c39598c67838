using MongoDB.Bson;

namespace BusIngest.Bus.Copies;

/// <summary>A document as its copy is to be.</summary>
/// <param name="Id">Its id: the copy's `_id`.</param>
/// <param name="Number">Its place among all of its collection: the copy's `seq`.</param>
/// <param name="Version">Of two states of it, the later one has the higher: the copy's `version`.</param>
/// <param name="Fields">All else.</param>
public sealed record DocumentCopy(Guid Id, long Number, long Version, BsonDocument Fields)
{
    /// <summary>An id as copies have it.</summary>
    public static BsonValue IdOf(Guid id) => id.ToString();
}
