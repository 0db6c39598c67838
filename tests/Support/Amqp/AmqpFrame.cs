using System.Buffers.Binary;
using System.Text;

namespace BusIngest.Support.Amqp;

/// <summary>A frame of AMQP 0-9-1 (https://www.rabbitmq.com/resources/specs/amqp0-9-1.pdf, 4.2.3).</summary>
/// <param name="Bytes">The frame, with its header and end.</param>
internal readonly record struct AmqpFrame(byte[] Bytes)
{
    public const byte Method = 1;
    public const byte End = 0xCE;
    public const int HeaderSize = 7;

    public const int ChannelClose = (20 << 16) | 40;
    public const int ChannelCloseOk = (20 << 16) | 41;
    public const int Success = 200;
    public const int ConnectionClose = (10 << 16) | 50;

    /// <summary>Whether it is a method.</summary>
    public bool IsMethod => Bytes[0] == Method;

    /// <summary>Its channel; 0 is the connection.</summary>
    public ushort Channel => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(1));

    /// <summary>Class and method, where it is a method; else 0.</summary>
    public int Id => IsMethod ? BinaryPrimitives.ReadInt32BigEndian(Bytes.AsSpan(HeaderSize)) : 0;

    /// <summary>How many bytes of payload follow a header.</summary>
    public static int PayloadOf(ReadOnlySpan<byte> header) => (int)BinaryPrimitives.ReadUInt32BigEndian(header[3..]);

    /// <summary>A close of a channel, or of the connection, with a reply code.</summary>
    public static AmqpFrame Close(ushort channel, int code)
    {
        var text = Encoding.UTF8.GetBytes($"FAULT {code} - by the test");
        var payload = new byte[4 + 2 + 1 + text.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(payload, channel == 0 ? ConnectionClose : ChannelClose);
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(4), (ushort)code);
        payload[6] = (byte)text.Length;
        text.CopyTo(payload, 7);
        return Of(channel, payload);
    }

    private static AmqpFrame Of(ushort channel, byte[] payload)
    {
        var frame = new byte[HeaderSize + payload.Length + 1];
        frame[0] = Method;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), channel);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(3), payload.Length);
        payload.CopyTo(frame, HeaderSize);
        frame[^1] = End;
        return new AmqpFrame(frame);
    }
}
