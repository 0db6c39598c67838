using System.Net;

namespace BusIngest.Specs.Sagas;

public sealed class SagaRouteErrorSpecs(SagaService service) : IClassFixture<SagaService>
{
    [Theory]
    [InlineData("sagas/nonsense")]
    [InlineData("sagas/Timer")]
    [InlineData("sagas/nonsense?limit=0")]
    [InlineData("sagas/nonsense/graph")]
    [InlineData("sagas/nonsense/6f4d1f54-7d9a-4b5c-9f0e-1f2d3c4b5a69")]
    [InlineData("sagas/timer/6f4d1f54-7d9a-4b5c-9f0e-1f2d3c4b5a69")]
    [InlineData("sagas/timer/nonsense")]
    public async Task Should_not_find(string route)
    {
        var answer = await service.Api.SendAsync(HttpMethod.Get, route, null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.False(string.IsNullOrEmpty(answer.Json().GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("state=Nonsense", "state")]
    [InlineData("state=running", "state")]
    [InlineData("state=Initial", "state")]
    [InlineData("state=Final", "state")]
    [InlineData("state=", "state")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=10001", "limit")]
    [InlineData("after=nonsense", "after")]
    [InlineData("state=x&limit=x&after=x", "after", "limit", "state")]
    public async Task Should_name_what_is_wrong(string query, params string[] names)
    {
        var answer = await service.Api.SendAsync(HttpMethod.Get, $"sagas/timer?{query}", null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal(names, answer.ErrorNames().Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_name_the_states_there_are()
    {
        var answer = await service.Api.SendAsync(HttpMethod.Get, "sagas/timer?state=x", null, TestContext.Current.CancellationToken);

        Assert.Equal(
            "must be one of Scheduled, Running, Finished, Failed, Cancelled", answer.Json().GetProperty("errors").GetProperty("state")[0].GetString());
    }
}
