using MongoDB.Bson;

namespace BusIngest.Support.Mongo;

/// <summary>What a write did.</summary>
/// <param name="Matched">Documents that were found, or inserted.</param>
/// <param name="Modified">Documents that are other than before.</param>
/// <param name="Upserted">The id of a document that was inserted by an update; null: none.</param>
internal readonly record struct MongoWrite(int Matched, int Modified = 0, BsonValue? Upserted = null);
