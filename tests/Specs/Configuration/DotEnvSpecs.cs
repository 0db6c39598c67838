using BusIngest.Api.Configuration;

namespace BusIngest.Specs.Configuration;

public sealed class DotEnvSpecs
{
    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("  A = b c  ", "b c")]
    [InlineData("export A=b", "b")]
    [InlineData("A=", "")]
    [InlineData("A=b # said", "b")]
    [InlineData("A=# said", "")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("A=b=c", "b=c")]
    [InlineData("A='b # c' # said", "b # c")]
    [InlineData("A='b\\n'", "b\\n")]
    [InlineData("A=\"b # c\"# said", "b # c")]
    [InlineData("A=\"b\\n\\\"c\\\\\"", "b\n\"c\\")]
    [InlineData("A=\"\\d\"", "\\d")]
    [InlineData("A=\"\"", "")]
    [InlineData("A=it's", "it's")]
    [InlineData("A=1\r\n", "1")]
    [InlineData("A=1\nA=2", "2")]
    public void Should_read_a_value(string text, string value) => Assert.Equal(value, Parse(text)["A"]);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("# A=b")]
    [InlineData("  # A=b")]
    public void Should_skip(string text) => Assert.Empty(Parse(text));

    [Theory]
    [InlineData("A")]
    [InlineData("=b")]
    [InlineData("1A=b")]
    [InlineData("A B=c")]
    [InlineData("A='b")]
    [InlineData("A=\"b")]
    [InlineData("A='b'c")]
    [InlineData("A=\"b\" c")]
    [InlineData("A=\"b\\\"")]
    public void Should_refuse_what_is_malformed_by_its_line(string text)
    {
        var exception = Assert.Throws<SettingsException>(() => Parse($"X=1\n\n{text}"));

        Assert.StartsWith(".env line 3: ", Assert.Single(exception.Lines), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Parse(string text) => DotEnv.Parse(text.Split('\n'));
}
