namespace BusIngest.Bus.Storage.Postgres;

/// <summary>How PostgreSQL is reached.</summary>
public sealed record PostgresOptions
{
    /// <summary>Npgsql's connection string, or a `postgres://user:password@host:port/name` URL. Never to be logged.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Gives the connection string as it is by then, where its password may change while the program runs: each new connection takes that. Default null.</summary>
    public Func<string>? Reread { get; init; }

    /// <summary>The most connections of this process, 2–500. Default 20.</summary>
    public int MaxConnections { get; init; } = 20;

    /// <summary>How long a connection may take to open, or to become free, 1–60 s. Default 3 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a statement may take, 1–600 s. Default 15 s.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Does not show the password.</summary>
    public override string ToString() => "PostgreSQL";
}
