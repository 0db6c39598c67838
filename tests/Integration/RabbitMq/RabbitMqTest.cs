using System.Text.Json;
using BusIngest.Bus;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Transports;
using BusIngest.Integration.RabbitMq.Parcels;
using BusIngest.Support;

namespace BusIngest.Integration.RabbitMq;

/// <summary>A test of the bus over RabbitMQ.</summary>
public abstract class RabbitMqTest : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly Stack<IAsyncDisposable> _owned = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected Post Post { get; } = new();

    /// <inheritdoc />
    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        while (_owned.TryPop(out var owned))
            await owned.DisposeAsync();
    }

    private protected T Own<T>(T owned)
        where T : IAsyncDisposable
    {
        _owned.Push(owned);
        return owned;
    }

    /// <summary>How long a publish may take: long, as the machine may be busy.</summary>
    private protected virtual TimeSpan PublishTimeout => TimeSpan.FromSeconds(10);

    /// <summary>Starts a process that the test disposes.</summary>
    private protected async Task<RabbitMqProcess> StartAsync(string url, Roles roles) =>
        Own(await RabbitMqProcess.StartAsync(url, roles, Post, PublishTimeout));

    /// <summary>A chunk of parcels.</summary>
    private protected static InboxEntry Parcels(string? endpoint, params int[] numbers) => new(
        Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), nameof(ParcelsSent), endpoint, numbers.Length, StoredBody.Records, TimeProvider.System.GetUtcNow(),
        JsonSerializer.SerializeToUtf8Bytes([.. numbers.Select(number => new Parcel(number))], ParcelsJson.Default.ParcelArray));

    /// <summary>Letters that were accepted together.</summary>
    private protected static InboxEntry Letters(string? endpoint, params int[] numbers) => new(
        Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), nameof(Letter), endpoint, numbers.Length, StoredBody.Records, TimeProvider.System.GetUtcNow(),
        JsonSerializer.SerializeToUtf8Bytes([.. numbers.Select(number => new Letter(number))], ParcelsJson.Default.LetterArray));

    private protected static Task UntilAsync(string what, Func<bool> condition) =>
        Eventually.HoldsAsync(what, _ => Task.FromResult(condition()), Deadline, Token);

    /// <summary>Waits until an endpoint has these, each once, in any order.</summary>
    private protected Task ArriveAsync(string endpoint, params IEnumerable<int> numbers) => UntilAsync(
        $"{endpoint} to have everything", () => Post.At(endpoint).Select(x => x.Number).Order().SequenceEqual(numbers.Order()));
}
