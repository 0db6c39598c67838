using System.Text;

namespace BusIngest.Specs.Cars;

public sealed class CarTextFieldSpecs
{
    public static TheoryData<string> Fields { get; } = ["normalizedMake", "normalizedModel", "location"];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Should_refuse_what_is_no_text(string field)
    {
        foreach (var json in new[] { "null", "5", "true", "{}", "[\"volvo\"]" })
            AssertRefused(field, json);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Should_refuse_an_empty_text_and_101_characters(string field)
    {
        AssertRefused(field, "\"\"");
        AssertRefused(field, $"\"{new string('x', 101)}\"");
        AssertRefused(field, $"\"{Emoji(101)}\"");
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Should_take_100_characters(string field)
    {
        Assert.Single(CarReading.Of(CarText.With(field, $"\"{new string('x', 100)}\"")).Good());
        Assert.Single(CarReading.Of(CarText.With(field, $"\"{Emoji(100)}\"")).Good());
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Should_refuse_what_is_no_unicode_text(string field)
    {
        foreach (var json in new[] { "\"vol\\u0000vo\"", "\"\\ud83d\"", "\"\\ude00 x\"", "\"\\ud83d\\ud83d\"" })
            AssertRefused(field, json);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Should_refuse_bytes_that_are_no_utf8(string field)
    {
        var body = Encoding.UTF8.GetBytes(CarText.With(field, "\"vol~vo\""));
        body[Array.LastIndexOf(body, (byte)'~')] = 0xFF;

        CarReading.Of(body).AssertRefused(field);
    }

    [Fact]
    public void Should_read_a_text_as_it_was_meant() => Assert.Equal(
        "Straße \"Łódź\" 🚗\n", Assert.Single(CarReading.Of(CarText.With("location", """ "Straße \"Łódź\" \ud83d\ude97\n" """)).Good()).Location);

    private static void AssertRefused(string field, string json) => CarReading.Of(CarText.With(field, json)).AssertRefused(field);

    private static string Emoji(int count) => string.Concat(Enumerable.Repeat("🚗", count));
}
