using BusIngest.Bus.Storage;

namespace BusIngest.Specs.Storage;

public sealed class SqliteStatementSpecs : Spec
{
    [Theory]
    [InlineData("")]
    [InlineData("Łódź \"'`; -- 🚗")]
    [InlineData(null)]
    public void Should_keep_a_text(string? text)
    {
        var row = Select(statement => statement.Bind(1, text));

        Assert.Equal(text, row.Text(0));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Should_keep_a_whole_number(long number) => Assert.Equal(number, Select(statement => statement.Bind(1, number)).Number(0));

    [Fact]
    public void Should_keep_an_id_as_lower_case_text()
    {
        var row = Select(statement => statement.Bind(1, Guid.Parse("0B5E5A3C-9F1D-4C3E-8A55-0F6F3A0F2F11")));

        Assert.Equal("0b5e5a3c-9f1d-4c3e-8a55-0f6f3a0f2f11", row.Text(0));
    }

    [Fact]
    public void Should_keep_bytes()
    {
        var row = Select(statement => statement.Bind(1, new byte[] { 0, 1, 255 }.AsSpan()));

        Assert.Equal([0, 1, 255], row.Blob(0).ToArray());
    }

    [Fact]
    public void Should_keep_no_bytes_apart_from_nothing()
    {
        var row = Select(statement => statement.Bind(1, ReadOnlySpan<byte>.Empty));

        Assert.NotNull(row.Text(0));
        Assert.True(row.Blob(0).IsEmpty);
    }

    private SqliteStatement Select(Func<SqliteStatement, SqliteStatement> bind)
    {
        var session = Own(SqliteSession.OpenWriter(Path.Combine(Folder, "values.db")));
        var row = bind(session.Statement("SELECT ?1"));
        Assert.True(row.Read());
        return row;
    }
}
