using System.Collections.Concurrent;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Telemetry;
using MassTransit;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>Writes messages as MassTransit would put them on the wire, without sending them.</summary>
/// <param name="services">Has the bus; it is asked for late, as the bus may be asked for us while it is built.</param>
internal sealed class EnvelopeWriter(IServiceProvider services)
{
    private static readonly ConcurrentDictionary<Type, TypedWriter> Writers = new();

    private readonly ConcurrentDictionary<string, Task<ISendEndpoint>> _endpoints = new(StringComparer.Ordinal);

    /// <summary>Writes one.</summary>
    /// <param name="unpacked">The message.</param>
    /// <param name="endpoint">The endpoint it is for; null: all that subscribe.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The envelope in UTF-8.</returns>
    public async Task<byte[]> WriteAsync(UnpackedMessage unpacked, string? endpoint, CancellationToken cancellationToken)
    {
        var type = unpacked.Message.GetType();
        var writer = Writers.GetOrAdd(type, static type => (TypedWriter)Activator.CreateInstance(typeof(TypedWriter<>).MakeGenericType(type))!);
        var destination = await _endpoints.GetOrAdd(
            endpoint ?? RabbitMqTopology.ExchangeOf(type), exchange => services.GetRequiredService<IBus>().GetSendEndpoint(new Uri($"exchange:{exchange}")));
        return await writer.WriteAsync((ITransportSendEndpoint)destination, unpacked, cancellationToken);
    }

    private abstract class TypedWriter
    {
        public abstract Task<byte[]> WriteAsync(ITransportSendEndpoint destination, UnpackedMessage unpacked, CancellationToken cancellationToken);
    }

    private sealed class TypedWriter<T> : TypedWriter
        where T : class
    {
        public override async Task<byte[]> WriteAsync(
            ITransportSendEndpoint destination, UnpackedMessage unpacked, CancellationToken cancellationToken)
        {
            var context = await destination.CreateSendContext((T)unpacked.Message, Pipe.Empty<SendContext<T>>(), cancellationToken);
            context.MessageId = unpacked.Id;
            TraceHeaders.Write(context.Headers, unpacked.Trace);
            return context.Serializer.GetMessageBody(context).GetBytes();
        }
    }
}
