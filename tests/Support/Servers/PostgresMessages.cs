using System.Buffers.Binary;
using System.Text;

namespace BusIngest.Support.Servers;

/// <summary>Reads and makes messages of PostgreSQL's protocol (https://www.postgresql.org/docs/current/protocol-message-formats.html).</summary>
internal static class PostgresMessages
{
    public const int SslRequest = 80877103;
    public const int GssRequest = 80877104;
    public const int CancelRequest = 80877102;
    private const int LengthBytes = 4;

    /// <summary>Reads a startup message, which has no type: its code, and all of its bytes; null at the end.</summary>
    public static async Task<(int Code, byte[] Bytes)?> ReadStartupAsync(Stream stream, CancellationToken cancellationToken)
    {
        var length = new byte[LengthBytes];
        if (await stream.ReadAtLeastAsync(length, LengthBytes, throwOnEndOfStream: false, cancellationToken) < LengthBytes)
            return null;
        var bytes = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        length.CopyTo(bytes, 0);
        await stream.ReadExactlyAsync(bytes.AsMemory(LengthBytes), cancellationToken);
        return (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(LengthBytes)), bytes);
    }

    /// <summary>Reads a message, its type in front; null at the end.</summary>
    public static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[1 + LengthBytes];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) < head.Length)
            return null;
        var bytes = new byte[1 + BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1))];
        head.CopyTo(bytes, 0);
        await stream.ReadExactlyAsync(bytes.AsMemory(head.Length), cancellationToken);
        return bytes;
    }

    /// <summary>The SQL of a Query or Parse message; null of any other.</summary>
    public static string? Sql(byte[] message)
    {
        var body = message.AsSpan(1 + LengthBytes);
        if (message[0] == 'P')
            body = body[(body.IndexOf((byte)0) + 1)..];
        else if (message[0] != 'Q')
            return null;
        return Encoding.UTF8.GetString(body[..body.IndexOf((byte)0)]);
    }

    /// <summary>A statement that the server answers with an error of the code, as it would any other: the session's transaction is over by it.</summary>
    public static byte[] Raise(string sqlState) =>
        Make('Q', $"DO $$ BEGIN RAISE EXCEPTION 'the proxy says so' USING ERRCODE = '{sqlState}'; END $$\0");

    /// <summary>What a server answers a client that it does not let in.</summary>
    public static byte[] Refuse(string sqlState) => Make('E', $"SFATAL\0VFATAL\0C{sqlState}\0Mthe proxy says so\0\0");

    private static byte[] Make(char type, string body)
    {
        var text = Encoding.UTF8.GetBytes(body);
        var bytes = new byte[1 + LengthBytes + text.Length];
        bytes[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), LengthBytes + text.Length);
        text.CopyTo(bytes, 1 + LengthBytes);
        return bytes;
    }
}
