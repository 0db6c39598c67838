using BusIngest.Bus.Delivery;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Transports;
using BusIngest.Bus.Transports.RabbitMq;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BusIngest.Bus.Telemetry;

/// <summary>Tells what waits, wherever that is. It asks files and servers: not for hot paths.</summary>
public sealed class Backlogs
{
    private const string Inbox = "inbox";
    private const string Outgoing = "outgoing";
    private const string Broker = "broker";
    private const string DeadLetters = "dead letters";
    private const string WaitingOutgoing = "SELECT message_type, count(*), sum(records), min(accepted_at) FROM outgoing GROUP BY message_type";

    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;

    internal Backlogs(IServiceProvider services, TimeProvider time)
    {
        _services = services;
        _time = time;
    }

    /// <summary>What this process has in its files. Where nothing waits, there is nothing to tell.</summary>
    public IReadOnlyList<Backlog> ReadFiles()
    {
        List<Backlog> all = [.. Read(Inbox, _services.GetRequiredService<SqliteInbox>())];
        if (_services.GetService<OutgoingMessages>() is { } outgoing)
            all.AddRange(Read(Outgoing, outgoing));
        return all;
    }

    /// <summary>What all processes share: outgoing messages in PostgreSQL, and the broker's queues.</summary>
    /// <exception cref="StorageUnavailableException">The database, or the broker, does not tell.</exception>
    public async Task<IReadOnlyList<Backlog>> ReadSharedAsync(CancellationToken cancellationToken)
    {
        var all = new List<Backlog>();
        if (_services.GetService<PostgresDatabase>() is { } database)
        {
            await using var unit = new PostgresUnit(database);
            all.AddRange(await unit.RunAsync((connection, transaction) => ReadOutgoingAsync(connection, transaction, cancellationToken), cancellationToken));
        }

        if (_services.GetService<RabbitMqConnection>() is { } broker)
            all.AddRange(await ReadBrokerAsync(broker, cancellationToken));
        return all;
    }

    private static IEnumerable<Backlog> Read(string stage, SqliteQueue queue) => queue.StatusByType().Select(type => new Backlog(
        stage,
        WorkloadNames.OfMessage(type.MessageType),
        type.MessageType,
        type.Status.Messages,
        type.Status.Records,
        queue.OldestAcceptedAt(type.MessageType)));

    private static async Task<List<Backlog>> ReadOutgoingAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(WaitingOutgoing, connection, transaction);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<Backlog>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var type = rows.GetString(0);
            all.Add(new Backlog(
                Outgoing, WorkloadNames.OfMessage(type), type, rows.GetInt64(1), rows.GetInt64(2), rows.GetFieldValue<DateTimeOffset>(3)));
        }

        return all;
    }

    private async Task<List<Backlog>> ReadBrokerAsync(RabbitMqConnection broker, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), _time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var session = await broker.SessionAsync(deadline.Token);
            var all = new List<Backlog>();
            foreach (var (queue, messages) in _services.GetRequiredService<SubscriptionMap>().Subscriptions)
                all.Add(new Backlog(Broker, WorkloadNames.Of(messages.FirstOrDefault()), queue, await session.MessagesAsync([queue], deadline.Token), null, null));
            all.Add(new Backlog(Broker, DeadLetters, RabbitMqTopology.DeadLetters, await session.MessagesAsync([RabbitMqTopology.DeadLetters], deadline.Token), null, null));
            return all;
        }
        catch (Exception exception) when (exception is RabbitMqUnavailableException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException($"RabbitMQ does not tell how much waits: {exception.Message}", exception);
        }
    }
}
