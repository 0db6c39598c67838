using BusIngest.Contracts.Timers;

namespace BusIngest.Specs.Timers.Api;

public sealed class TimerReaderSpecs
{
    [Fact]
    public void Should_read_when_it_is_due_and_what_it_calls() => Assert.Equal(
        new CreateTimer(TimerReading.Id, "https://example.com/hook", TimerReading.Now, TimerReading.Now + new TimeSpan(1, 2, 3)),
        TimerReading.Of(TimerBody.Good).Good());

    [Fact]
    public void Should_name_every_field_of_a_body_that_is_not_there() =>
        TimerReading.Of("").AssertRefused("hours", "minutes", "seconds", "webhookUrl");

    [Fact]
    public void Should_name_every_field_that_is_missing() =>
        TimerReading.Of("{}").AssertRefused("hours", "minutes", "seconds", "webhookUrl");

    [Theory]
    [InlineData("hours")]
    [InlineData("minutes")]
    [InlineData("seconds")]
    [InlineData("webhookUrl")]
    public void Should_name_a_field_that_is_missing_given_twice_or_null(string field)
    {
        TimerReading.Of(TimerBody.Without(field)).AssertRefused(field);
        TimerReading.Of($$"""{"{{field}}":0,{{TimerBody.Good[1..]}}""").AssertRefused(field);
        TimerReading.Of(TimerBody.With(field, "null")).AssertRefused(field);
    }

    [Fact]
    public void Should_name_all_that_is_wrong() => TimerReading
        .Of("""{"hours":1.5,"minutes":60,"seconds":-1,"webhookUrl":"ftp://example.com"}""")
        .AssertRefused("hours", "minutes", "seconds", "webhookUrl");

    [Theory]
    [InlineData(" \n")]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("NaN")]
    [InlineData("5")]
    [InlineData("\"timer\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("// a timer")]
    [InlineData("{\"hours\"")]
    public void Should_refuse_what_is_no_object(string body) => TimerReading.Of(body).AssertRefused("$");

    [Fact]
    public void Should_refuse_what_goes_on_after_its_end_or_ends_early()
    {
        foreach (var body in new[] { TimerBody.Good + "x", TimerBody.Good + TimerBody.Good, TimerBody.Good + ",", TimerBody.Good[..^1], TimerBody.Good[..^2] })
            Assert.Contains("$", TimerReading.Of(body).Errors.Keys, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("extra", "{\"a\":[1,{\"hours\":null}],\"seconds\":0}")]
    [InlineData("extra", "[[[]]]")]
    [InlineData("Hours", "99.9")]
    [InlineData("hours ", "\"x\"")]
    [InlineData("\\ud83d", "1")]
    [InlineData("extra", "\"\\ud83d\"")]
    public void Should_pass_over_fields_that_it_does_not_know(string name, string json) =>
        Assert.Equal(TimerReading.Of(TimerBody.Good).Good(), TimerReading.Of(TimerBody.With(name, json)).Good());

    [Fact]
    public void Should_know_a_field_whose_name_is_escaped() =>
        Assert.Equal(TimerReading.Of(TimerBody.Good).Good(), TimerReading.Of($$"""{"\u0068ours":1,{{TimerBody.Without("hours")[1..]}}""").Good());

    [Fact]
    public void Should_refuse_what_nests_too_deep()
    {
        const int Deep = 100_000;
        TimerReading.Of(new string('[', Deep)).AssertRefused("$");
        TimerReading.Of(TimerBody.With("extra", new string('[', Deep) + new string(']', Deep))).AssertRefused("$");
    }
}
