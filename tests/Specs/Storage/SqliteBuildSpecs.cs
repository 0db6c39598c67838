using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Storage;

/// <summary>SQLite as its package brings it: what is compiled into it, and what of that the program relies on or must not meet.</summary>
public sealed class SqliteBuildSpecs : Spec
{
    [Fact]
    public async Task Should_be_that_of_the_package_with_what_the_program_relies_on()
    {
        await using var file = await WriterFile.OpenAsync(Folder);
        using var reader = SqliteSession.OpenReader(file.Path);

        var options = Rows(reader, "SELECT compile_options FROM pragma_compile_options");
        var version = Version.Parse(Assert.Single(Rows(reader, "SELECT sqlite_version()")));

        Assert.True(version >= new Version(3, 53), $"{version}");
        // Several threads; a text in double quotes is no string; room for the parameters of the largest statement.
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "THREADSAFE=1", "DQS=0", "MAX_VARIABLE_NUMBER=32766" }, options.ToHashSet(StringComparer.Ordinal));
        Assert.Equal("0", Assert.Single(Rows(reader, "SELECT secure_delete FROM pragma_secure_delete")));
        Assert.Throws<SqliteFailureException>(() => reader.Execute("SELECT name FROM things WHERE name = \"no string\""));
    }

    /// <summary>The package enforces foreign keys, and Debian's SQLite did not: there are none, so both are the same.</summary>
    [Theory]
    [InlineData("busingest.db")]
    [InlineData("inbox.db")]
    public async Task Should_have_no_foreign_keys_to_enforce(string name)
    {
        var settings = RunningService.SettingsIn(Folder);
        Own(await RunningService.StartAsync(settings));
        using var reader = SqliteSession.OpenReader(Path.Combine(settings.DataDir, name));

        Assert.NotEmpty(Rows(reader, "SELECT name FROM sqlite_schema WHERE type = 'table'"));
        Assert.Empty(Rows(reader, "SELECT t.name FROM sqlite_schema t, pragma_foreign_key_list(t.name) WHERE t.type = 'table'"));
    }

    private static List<string> Rows(SqliteSession session, string sql)
    {
        var statement = session.Statement(sql);
        var rows = new List<string>();
        while (statement.Read())
            rows.Add(statement.Text(0)!);
        return rows;
    }
}
