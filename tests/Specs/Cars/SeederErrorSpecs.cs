using System.Net;
using BusIngest.Specs.Hosting;

namespace BusIngest.Specs.Cars;

public sealed class SeederErrorSpecs(SharedService shared) : IClassFixture<SharedService>
{
    [Theory]
    [InlineData("{}", "intervalMs")]
    [InlineData("{\"intervalMs\":-1}", "intervalMs")]
    [InlineData("{\"intervalMs\":86400001}", "intervalMs")]
    [InlineData("{\"intervalMs\":\"30\"}", "intervalMs")]
    [InlineData("[]", "$")]
    [InlineData("{", "$")]
    public async Task Should_name_what_is_wrong(string body, string field)
    {
        using var content = CarRequests.Body(body);

        var answer = await shared.Service.Cars.SendAsync(HttpMethod.Put, "cars/seeder", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal([field], answer.ErrorNames(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_a_name_that_is_no_unicode()
    {
        using var content = CarRequests.Body("""{"\ud83d\ud83d":1}""");

        var answer = await shared.Service.Cars.SendAsync(HttpMethod.Put, "cars/seeder", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }
}
