using System.Net;
using BusIngest.Specs.Hosting;

namespace BusIngest.Specs.Cars;

public sealed class CarListingErrorSpecs(SharedService shared) : IClassFixture<SharedService>
{
    [Theory]
    [InlineData("limit", "0")]
    [InlineData("limit", "-1")]
    [InlineData("limit", "10001")]
    [InlineData("limit", "1.5")]
    [InlineData("limit", "abc")]
    [InlineData("limit", "")]
    [InlineData("limit", "%2B5")]
    [InlineData("limit", "99999999999999999999")]
    [InlineData("limit", "1&limit=2")]
    [InlineData("after", "")]
    [InlineData("after", "nonsense")]
    [InlineData("after", "LTU")]
    [InlineData("after", "5")]
    [InlineData("after", "%00")]
    [InlineData("after", "MQ==&after=MQ==")]
    [InlineData("after", "OTk5OTk5OTk5OTk5OTk5OTk5OTk")]
    public async Task Should_name_what_is_wrong(string name, string value)
    {
        var answer = await shared.Service.Cars.SendAsync(HttpMethod.Get, $"cars?{name}={value}", null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal([name], answer.ErrorNames(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_name_both()
    {
        var answer = await shared.Service.Cars.SendAsync(HttpMethod.Get, "cars?limit=0&after=x", null, TestContext.Current.CancellationToken);

        Assert.Equal(["after", "limit"], answer.ErrorNames().Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
