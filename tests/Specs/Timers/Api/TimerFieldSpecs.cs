namespace BusIngest.Specs.Timers.Api;

public sealed class TimerFieldSpecs
{
    private static readonly string[] NoNumber =
    [
        "1.5", "0.1", "-1", "-0.5", "1e400", "-1e400", "59.5", "99999999999999999999", "\"1\"", "\"\"", "true", "false", "null", "{}", "[1]", "\"\\ud83d\"",
    ];

    private static readonly string[] NoUrl =
    [
        "5", "null", "true", "{}", "[]", "\"\"", "\" \"", "\"nonsense\"", "\"/hook\"", "\"example.com/hook\"", "\"ftp://example.com\"", "\"file:///etc/passwd\"",
        "\"javascript:alert(1)\"", "\"http://\"", "\"http:///\"", "\"http://:80/\"", "\"http://[::1\"", "\"https://\\ud83d\"",
        "\"http://127.0.0.1\"", "\"http://127.1/\"", "\"http://2130706433/\"", "\"http://0x7f000001/\"", "\"http://017700000001/\"", "\"http://0/\"",
        "\"http://localhost/\"", "\"http://LOCALHOST.:8080/\"", "\"http://a.localhost/\"", "\"http://[::1]/\"", "\"http://[::]/\"",
        "\"http://[::ffff:10.0.0.1]\"", "\"http://[::ffff:7f00:1]/\"", "\"http://10.0.0.1/\"", "\"http://172.16.0.1/\"", "\"http://192.168.1.1/\"",
        "\"http://169.254.169.254/latest\"", "\"http://[fe80::1]/\"", "\"http://[fd00::1]/\"", "\"http://0.0.0.0/\"",
        "\"http://ann:secret@example.com/\"",
    ];

    private static readonly (string Field, int Most)[] Numbers = [("hours", 876_000), ("minutes", 59), ("seconds", 59)];

    public static TheoryData<string, string> Bad { get; } = new(
    [
        .. Numbers.SelectMany(number => NoNumber.Append($"{number.Most + 1}").Select(json => (number.Field, json))),
        .. NoUrl.Select(json => ("webhookUrl", json)),
        ("webhookUrl", Url(2_049)), ("webhookUrl", Url(3_000)),
    ]);

    public static TheoryData<string, string> Right { get; } = new(
    [
        .. Numbers.SelectMany(number => new[] { "0", "-0", "1", "1.0", "1e0", "10e-1", $"{number.Most}" }.Select(json => (number.Field, json))),
        ("webhookUrl", "\"http://example.com\""), ("webhookUrl", "\"HTTPS://EXAMPLE.COM:8443/a?b=c#d\""), ("webhookUrl", "\"http://93.184.216.34/\""),
        ("webhookUrl", "\"https://[2606:2800:220:1:248:1893:25c8:1946]/\""), ("webhookUrl", "\"https://straße.example/\\u00e4\""), ("webhookUrl", Url(2_048)),
    ]);

    [Theory]
    [MemberData(nameof(Bad))]
    public void Should_refuse(string field, string json) => TimerReading.Of(TimerBody.With(field, json)).AssertRefused(field);

    [Theory]
    [MemberData(nameof(Right))]
    public void Should_take(string field, string json) => TimerReading.Of(TimerBody.With(field, json)).Good();

    [Fact]
    public void Should_read_a_whole_number_however_it_is_written() =>
        Assert.All(["1", "1.0", "1e0", "10e-1"], json => Assert.Equal(
            TimerReading.Of(TimerBody.Good).Good(), TimerReading.Of(TimerBody.With("hours", json)).Good()));

    [Fact]
    public void Should_be_due_at_a_valid_time_at_the_most()
    {
        var timer = TimerReading.Of("""{"hours":876000,"minutes":59,"seconds":59,"webhookUrl":"http://example.com"}""").Good();

        Assert.Equal(TimerReading.Now.AddHours(876_000).AddMinutes(59).AddSeconds(59), timer.DueAt);
    }

    [Theory]
    [InlineData("127.0.0.1", "http://127.0.0.1:3999/hook")]
    [InlineData("localhost", "http://localhost:3999/hook")]
    [InlineData("::1", "http://[::1]/")]
    public void Should_take_a_private_host_that_is_allowed(string host, string url)
    {
        Assert.Equal(url, TimerReading.Of(TimerBody.Of(5, url), host).Good().WebhookUrl);
        TimerReading.Of(TimerBody.Of(5, url), "elsewhere").AssertRefused("webhookUrl");
    }

    private static string Url(int length) => $"\"{"https://example.com/".PadRight(length, 'a')}\"";
}
