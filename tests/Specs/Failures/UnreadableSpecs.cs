using System.Text;
using BusIngest.Bus.Failures;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Failures;

/// <summary>What is no message of ours is kept as it came.</summary>
public sealed class UnreadableSpecs : FailureSpec
{
    [Theory]
    [InlineData("this is no JSON")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("""{"messageType":[1],"message":{}}""")]
    [InlineData("""{"messageType":["urn:message:BusIngest.Specs.Notes:NotesTaken"],"message":{"count":"two","records":"W10="}}""")]
    [InlineData("""{"messageType":["urn:message:BusIngest.Specs.Notes:NotesTaken"],"message":{"count":null,"records":null}}""")]
    public async Task Should_keep_a_body_that_cannot_be_read(string body)
    {
        var process = await StartAsync();

        await SendAsync(process, "alpha", new Remark(""), new RawBody(body));

        Assert.Equal(body, Encoding.UTF8.GetString(Assert.Single(await FailuresAsync(process, 1)).Body));
    }

    [Fact]
    public async Task Should_say_that_it_is_unreadable()
    {
        var process = await StartAsync();

        await SendAsync(process, "alpha", new Remark(""), new RawBody("this is no JSON"));

        Assert.Equal(("unreadable", "alpha", 1), Assert.Single(await FailuresAsync(process, 1)) is var failed
            ? (failed.MessageType, failed.Endpoint, failed.Records)
            : default);
    }

    [Fact]
    public async Task Should_keep_it_again_when_it_is_sent_again()
    {
        var process = await StartAsync();
        await SendAsync(process, "alpha", new Remark(""), new RawBody("this is no JSON"));
        var failed = Assert.Single(await FailuresAsync(process, 1));

        await process.Get<IFailedMessages>().RetryAsync(failed.Id, Token);

        var again = Assert.Single(await FailuresAsync(process, 1));
        Assert.NotEqual(failed.Id, again.Id);
        Assert.Equal(failed.Body, again.Body);
    }

    [Fact]
    public async Task Should_not_hold_up_others_when_it_is_sent_again()
    {
        var process = await StartAsync();
        for (var i = 0; i < 40; i++)
            await SendAsync(process, "alpha", new Remark(""), new RawBody("this is no JSON"));
        await UntilAsync("All are kept", () => process.Failures().Count == 40);

        await process.Get<IFailedMessages>().RetryAllAsync(messageType: null, Token);
        await process.PublishEachAsync(1);

        await UntilAsync("The other is consumed", () => Alpha.Done.Count == 1);
    }
}
