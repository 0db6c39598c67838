using System.Net.Sockets;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Support.Servers;
using Npgsql;

namespace BusIngest.Integration.Postgres;

/// <summary>Which failures are a row's own: by every code that PostgreSQL has.</summary>
public sealed class FailureKindTests
{
    private static readonly string[] OfRows = ["22", "23"];

    [Fact]
    public void Should_blame_a_row_for_its_data_and_its_constraints_alone()
    {
        foreach (var code in PostgresErrors.All)
        {
            var isOfRow = Array.Exists(OfRows, code.StartsWith) || code is "P0001" or "21000" or "44000";
            Assert.True(PostgresFailures.IsStorageFailure(Error(code)) == !isOfRow, code);
            Assert.True(EnvironmentFailures.IsOne(Error(code)) == !isOfRow, code);
            // As Entity Framework wraps it.
            Assert.True(PostgresFailures.IsStorageFailure(new InvalidOperationException("Likely transient.", Error(code))) == !isOfRow, code);
        }
    }

    [Fact]
    public void Should_take_a_code_that_nobody_knows_for_the_environment() => Assert.True(PostgresFailures.IsStorageFailure(Error("ZZ123")));

    [Fact]
    public void Should_take_a_broken_connection_for_away()
    {
        Assert.True(PostgresFailures.IsStorageFailure(new NpgsqlException("Broken.", new SocketException())));
        Assert.True(PostgresFailures.IsStorageFailure(new TimeoutException()));
        Assert.False(PostgresFailures.IsStorageFailure(new OperationCanceledException()));
        Assert.False(PostgresFailures.IsStorageFailure(new InvalidOperationException()));
    }

    [Fact]
    public void Should_find_the_environment_inside_of_what_a_consumer_throws()
    {
        Assert.True(EnvironmentFailures.IsOne(new InvalidOperationException("It failed.", new StorageUnavailableException("away"))));
        Assert.False(EnvironmentFailures.IsOne(new InvalidOperationException("It failed.", new FormatException())));
        // A receiver of a webhook that is slow, say.
        Assert.False(EnvironmentFailures.IsOne(new TimeoutException()));
    }

    private static PostgresException Error(string code) => new("The test says so.", "ERROR", "ERROR", code);
}
