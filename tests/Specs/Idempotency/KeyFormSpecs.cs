using System.Net;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Hosting;

namespace BusIngest.Specs.Idempotency;

public sealed class KeyFormSpecs(SharedService shared) : IClassFixture<SharedService>
{
    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    [InlineData(4_000)]
    public async Task Should_refuse_an_empty_key_and_a_long_one(int length)
    {
        var answer = await shared.Service.PostKeyedAsync(new string('k', length), CarText.Good);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Contains("\"Idempotency-Key\":[", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\tb")]
    public async Task Should_refuse_what_is_not_visible(string key) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await shared.Service.PostKeyedAsync(key, CarText.Good)).Status);

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    public async Task Should_take_keys_of_up_to_255_characters(int length) =>
        Assert.Single((await shared.Service.PostKeyedAsync(new string('x', length), CarText.Good)).Ids());
}
