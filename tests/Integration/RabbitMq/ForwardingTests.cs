using BusIngest.Bus;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Transports;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Contracts;
using BusIngest.Integration.RabbitMq.Parcels;
using MassTransit;

namespace BusIngest.Integration.RabbitMq;

public sealed class ForwardingTests(SharedServers servers) : RabbitMqTest
{
    private string _url = "";

    public override async ValueTask InitializeAsync() => _url = Own(await servers.VhostAsync(Token)).Url;

    [Fact]
    public async Task Should_carry_a_chunk_to_its_subscriber_under_its_id()
    {
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();
        var chunk = Parcels(endpoint: null, 1, 2, 3);

        await process.Lane.ForwardAsync(chunk, Token);

        await ArriveAsync(ParcelConsumer.Queue, 1, 2, 3);
        Assert.All(Post.At(ParcelConsumer.Queue), parcel => Assert.Equal(chunk.MessageId, parcel.MessageId));
    }

    [Fact]
    public async Task Should_carry_records_to_all_that_subscribe_each_as_a_message_of_its_own()
    {
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();
        var letters = Letters(endpoint: null, 1, 2, 3);

        await process.Lane.ForwardAsync(letters, Token);

        await ArriveAsync(LetterConsumer.Queue, 1, 2, 3);
        await ArriveAsync(LetterArchive.Queue, 1, 2, 3);
        var ids = new SequentialIds(letters.MessageId);
        var expected = new[] { 1, 2, 3 }.Select(number => (ids.Next(), number)).ToHashSet();
        Assert.Equal(expected, Post.At(LetterConsumer.Queue).ToHashSet());
        Assert.Equal(expected, Post.At(LetterArchive.Queue).ToHashSet());
    }

    [Fact]
    public async Task Should_carry_to_one_endpoint_what_is_for_it_alone()
    {
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();

        await process.Lane.ForwardAsync(Letters(LetterArchive.Queue, 1), Token);
        await process.Lane.ForwardAsync(Letters(endpoint: null, 2), Token);

        await ArriveAsync(LetterArchive.Queue, 1, 2);
        await ArriveAsync(LetterConsumer.Queue, 2);
    }

    [Fact]
    public async Task Should_carry_an_envelope_as_it_is()
    {
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var envelope = await process.Get<EnvelopeWriter>().WriteAsync(new(id, new Letter(7)), LetterConsumer.Queue, Token);

        await process.Lane.ForwardAsync(
            new InboxEntry(id, nameof(Letter), LetterConsumer.Queue, 1, StoredBody.Envelope, TimeProvider.System.GetUtcNow(), envelope), Token);

        await ArriveAsync(LetterConsumer.Queue, 7);
        Assert.Equal(id, Post.At(LetterConsumer.Queue)[0].MessageId);
    }

    [Fact]
    public async Task Should_consume_once_what_is_forwarded_twice()
    {
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();
        var letters = Letters(LetterConsumer.Queue, 1, 2);

        await process.Lane.ForwardAsync(letters, Token);
        await ArriveAsync(LetterConsumer.Queue, 1, 2);
        await process.Lane.ForwardAsync(letters, Token);
        await process.Lane.ForwardAsync(Letters(LetterConsumer.Queue, 3), Token);

        await ArriveAsync(LetterConsumer.Queue, 1, 2, 3);
    }

    [Fact]
    public async Task Should_take_many_callers_at_once()
    {
        const int Callers = 500;
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(number => process.ForwardUntilTakenAsync(Parcels(endpoint: null, number))));

        await UntilAsync("all", () => Post.At(ParcelConsumer.Queue).Select(x => x.Number).Distinct().Count() == Callers);
    }

    [Fact]
    public async Task Should_refuse_what_has_no_queue_and_say_which()
    {
        var process = await StartAsync(_url, Roles.Api);
        await process.UntilUpAsync();

        var nowhere = await Assert.ThrowsAsync<UnroutableMessageException>(() => process.Lane.ForwardAsync(Letters("nowhere", 1), Token));
        var unknown = await Assert.ThrowsAsync<UnroutableMessageException>(
            () => process.Lane.ForwardAsync(Letters(endpoint: null, 1) with { MessageType = "Postcard", ContentType = StoredBody.Envelope }, Token));

        Assert.Contains("nowhere", nowhere.Message, StringComparison.Ordinal);
        Assert.Contains("Postcard", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_answer_a_request()
    {
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();

        var client = process.Get<IClientFactory>().CreateRequestClient<Letter>(RequestTimeout.After(s: 20));
        var answer = await client.GetResponse<LetterRead>(new Letter(5), Token);

        Assert.Equal(5, answer.Message.Number);
    }
}
