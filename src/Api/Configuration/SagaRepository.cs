namespace BusIngest.Api.Configuration;

/// <summary>Where the sagas of a kind are kept.</summary>
public enum SagaRepository
{
    /// <summary>In the database, in one transaction with their messages.</summary>
    Database,

    /// <summary>In Redis, whose promise is weaker: docs/redis.md says what it costs.</summary>
    Redis,

    /// <summary>In MongoDB, whose promise is weaker: docs/mongodb.md says what it costs.</summary>
    Mongo,
}
