using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Specs.Timers.Webhooks;

/// <summary>A request as a receiver got it.</summary>
internal sealed record ReceivedWebhook(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public string Timestamp => Headers["webhook-timestamp"];

    public IReadOnlyList<string> Signatures => Headers["webhook-signature"].Split(' ');

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>What a receiver that knows the secret works out for itself.</summary>
    public string Sign(byte[] key) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Text}")));
}
