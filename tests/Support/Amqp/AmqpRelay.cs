using System.Collections.Concurrent;
using System.Net.Sockets;

namespace BusIngest.Support.Amqp;

/// <summary>One connection through an <see cref="AmqpProxy"/>, frame by frame.</summary>
internal sealed class AmqpRelay(TcpClient client, TcpClient server)
{
    /// <summary>What a client says first: `AMQP` and a version, which is no frame.</summary>
    private const int GreetingSize = 8;

    private static readonly TimeSpan StallTime = TimeSpan.FromSeconds(1);

    private readonly NetworkStream _client = client.GetStream();
    private readonly NetworkStream _server = server.GetStream();
    private readonly ConcurrentQueue<AmqpFault> _faults = new();

    /// <summary>Channels that were closed here: the client has to agree, and then the broker.</summary>
    private readonly ConcurrentDictionary<ushort, Closing> _closing = new();

    private long _stalledSince;
    private volatile bool _isClosed;

    /// <summary>Does it with the next frame of the broker's that allows it.</summary>
    public void Inflict(AmqpFault fault)
    {
        if (fault.Kind == AmqpFaultKind.Cut)
            Cut();
        else if (fault.Kind == AmqpFaultKind.Stall)
            Volatile.Write(ref _stalledSince, TimeProvider.System.GetTimestamp());
        else
            _faults.Enqueue(fault);
    }

    /// <summary>Lets alone what was to be done and has not been: a connection on which nothing comes may keep it for long.</summary>
    /// <returns>How many faults that were.</returns>
    public int Calm()
    {
        var left = 0;
        while (_faults.TryDequeue(out _))
            left++;
        return left;
    }

    /// <summary>Breaks the connection on both sides.</summary>
    public void Cut()
    {
        client.Close();
        server.Close();
    }

    /// <summary>Relays until a side is gone.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(ToServerAsync(cancellationToken), ToClientAsync(cancellationToken));
        }
        finally
        {
            Cut();
        }
    }

    private async Task ToServerAsync(CancellationToken cancellationToken)
    {
        var greeting = new byte[GreetingSize];
        await _client.ReadExactlyAsync(greeting, cancellationToken);
        await _server.WriteAsync(greeting, cancellationToken);
        while (true)
        {
            var frame = await ReadAsync(_client, cancellationToken);
            await StallAsync(cancellationToken);
            if (_isClosed)
                continue;
            if (_closing.TryGetValue(frame.Channel, out var closing) && closing == Closing.ByClient)
            {
                // What a client sends before it knows goes nowhere.
                if (frame.Id != AmqpFrame.ChannelCloseOk)
                    continue;

                _closing[frame.Channel] = Closing.ByBroker;
                await _server.WriteAsync(AmqpFrame.Close(frame.Channel, AmqpFrame.Success).Bytes, cancellationToken);
                continue;
            }

            await _server.WriteAsync(frame.Bytes, cancellationToken);
        }
    }

    private async Task ToClientAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var frame = await ReadAsync(_server, cancellationToken);
            await StallAsync(cancellationToken);
            if (_isClosed)
                continue;
            if (_closing.ContainsKey(frame.Channel))
            {
                if (frame.Id == AmqpFrame.ChannelCloseOk)
                    _closing.TryRemove(frame.Channel, out _);
                continue;
            }

            if (frame.IsMethod && frame.Channel > 0 && _faults.TryDequeue(out var fault))
            {
                if (fault.Kind == AmqpFaultKind.CloseConnection)
                {
                    _isClosed = true;
                    await _client.WriteAsync(AmqpFrame.Close(0, fault.Code).Bytes, cancellationToken);
                    continue;
                }

                // A frame that begins something, so that no content is cut in two.
                _closing.TryAdd(frame.Channel, Closing.ByClient);
                await _client.WriteAsync(AmqpFrame.Close(frame.Channel, fault.Code).Bytes, cancellationToken);
                continue;
            }

            await _client.WriteAsync(frame.Bytes, cancellationToken);
        }
    }

    private async Task StallAsync(CancellationToken cancellationToken)
    {
        var since = Volatile.Read(ref _stalledSince);
        if (since == 0)
            return;

        var left = StallTime - TimeProvider.System.GetElapsedTime(since);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, TimeProvider.System, cancellationToken);
    }

    private static async Task<AmqpFrame> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var header = new byte[AmqpFrame.HeaderSize];
        await stream.ReadExactlyAsync(header, cancellationToken);
        var frame = new byte[AmqpFrame.HeaderSize + AmqpFrame.PayloadOf(header) + 1];
        header.CopyTo(frame, 0);
        await stream.ReadExactlyAsync(frame.AsMemory(AmqpFrame.HeaderSize), cancellationToken);
        return new AmqpFrame(frame);
    }

    /// <summary>Who has not agreed yet.</summary>
    private enum Closing
    {
        ByClient,
        ByBroker,
    }
}
