using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace BusIngest.Support.Mongo;

/// <summary>One connection: messages in the form of https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/.</summary>
internal sealed class MongoLink(TcpClient client) : IDisposable
{
    private const int OpReply = 1;
    private const int OpQuery = 2004;
    private const int OpMsg = 2013;
    private const int HeaderLength = 16;
    private const int LargestMessage = 48_000_000;

    private readonly NetworkStream _stream = client.GetStream();

    /// <summary>The next command; null at the end.</summary>
    /// <exception cref="IOException">The connection is cut, or what came is no message.</exception>
    public async Task<MongoRequest?> ReadAsync()
    {
        var header = new byte[HeaderLength];
        if (await _stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
            return null;

        var length = Number(header, 0);
        if (length is < HeaderLength or > LargestMessage)
            throw new IOException($"A message of {length} bytes");

        var body = new byte[length - HeaderLength];
        await _stream.ReadExactlyAsync(body);
        return Number(header, 12) switch
        {
            OpMsg => new MongoRequest(Number(header, 4), IsOld: false, ReadMessage(body)),
            OpQuery => new MongoRequest(Number(header, 4), IsOld: true, ReadQuery(body)),
            var code => throw new IOException($"Messages with code {code} are not known"),
        };
    }

    /// <summary>Answers.</summary>
    public async Task WriteAsync(MongoRequest request, BsonDocument answer)
    {
        var document = answer.ToBson();
        // OP_REPLY: flags, cursor, first and number of documents. OP_MSG: flags, and a section of kind 0.
        var before = request.IsOld ? 20 : 5;
        var message = new byte[HeaderLength + before + document.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(8), request.Id);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(12), request.IsOld ? OpReply : OpMsg);
        if (request.IsOld)
            BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(HeaderLength + 16), 1);
        document.CopyTo(message, HeaderLength + before);
        await _stream.WriteAsync(message);
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    /// <summary>A document, and sequences of documents that belong into it.</summary>
    private static BsonDocument ReadMessage(byte[] body)
    {
        var command = new BsonDocument();
        for (var at = 4; at < body.Length;)
        {
            var (kind, length) = (body[at++], Number(body, at));
            if (kind == 0)
                command.Merge(Document(body, at), overwriteExistingElements: true);
            else
                AddSequence(command, body.AsSpan(at + 4, length - 4));
            at += length;
        }

        return command;
    }

    private static void AddSequence(BsonDocument command, ReadOnlySpan<byte> sequence)
    {
        var name = sequence.IndexOf((byte)0);
        var documents = new BsonArray();
        var bytes = sequence.ToArray();
        for (var at = name + 1; at < bytes.Length; at += Number(bytes, at))
            documents.Add(Document(bytes, at));
        command[Encoding.UTF8.GetString(sequence[..name])] = documents;
    }

    /// <summary>Flags, the collection's name, what to skip and to return, and the command.</summary>
    private static BsonDocument ReadQuery(byte[] body)
    {
        var name = Array.IndexOf(body, (byte)0, 4);
        var command = Document(body, name + 9);
        return command.Contains("$db") ? command : command.Add("$db", Encoding.UTF8.GetString(body, 4, name - 4).Split('.')[0]);
    }

    private static BsonDocument Document(byte[] bytes, int at) => BsonSerializer.Deserialize<BsonDocument>(bytes[at..(at + Number(bytes, at))]);

    private static int Number(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
}
