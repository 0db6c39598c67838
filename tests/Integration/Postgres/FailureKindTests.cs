using System.Net.Sockets;
using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Integration.Postgres;

/// <summary>Which failures say that the database is away, by their codes: those that a test can't bring about.</summary>
public sealed class FailureKindTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.CannotConnectNow)]
    [InlineData(PostgresErrorCodes.TooManyConnections)]
    [InlineData(PostgresErrorCodes.DiskFull)]
    [InlineData(PostgresErrorCodes.OutOfMemory)]
    [InlineData(PostgresErrorCodes.AdminShutdown)]
    [InlineData(PostgresErrorCodes.CrashShutdown)]
    [InlineData(PostgresErrorCodes.IoError)]
    [InlineData(PostgresErrorCodes.ConnectionFailure)]
    [InlineData(PostgresErrorCodes.DeadlockDetected)]
    [InlineData(PostgresErrorCodes.SerializationFailure)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction)]
    public void Should_take_the_database_for_away(string code)
    {
        Assert.True(PostgresFailures.IsStorageFailure(Error(code)));
        // As Entity Framework wraps it.
        Assert.True(PostgresFailures.IsStorageFailure(new InvalidOperationException("Likely transient.", Error(code))));
    }

    [Theory]
    [InlineData(PostgresErrorCodes.UniqueViolation)]
    [InlineData(PostgresErrorCodes.CheckViolation)]
    [InlineData(PostgresErrorCodes.UntranslatableCharacter)]
    [InlineData(PostgresErrorCodes.CharacterNotInRepertoire)]
    [InlineData(PostgresErrorCodes.SyntaxError)]
    [InlineData(PostgresErrorCodes.QueryCanceled)]
    public void Should_take_the_statement_for_wrong(string code) => Assert.False(PostgresFailures.IsStorageFailure(Error(code)));

    [Fact]
    public void Should_take_a_broken_connection_for_away()
    {
        Assert.True(PostgresFailures.IsStorageFailure(new NpgsqlException("Broken.", new SocketException())));
        Assert.True(PostgresFailures.IsStorageFailure(new TimeoutException()));
        Assert.False(PostgresFailures.IsStorageFailure(new OperationCanceledException()));
        Assert.False(PostgresFailures.IsStorageFailure(new InvalidOperationException()));
    }

    private static PostgresException Error(string code) => new("The test says so.", "ERROR", "ERROR", code);
}
