using System.Text;

namespace BusIngest.Workers.Timers.Webhooks.Signing;

/// <summary>The signature of a delivery by Standard Webhooks.</summary>
internal static class WebhookSignature
{
    /// <summary>The value of the header `webhook-signature`: a signature for each secret, in their order, separated by spaces.</summary>
    /// <param name="secrets">What to sign with.</param>
    /// <param name="id">The header `webhook-id`.</param>
    /// <param name="timestamp">The header `webhook-timestamp`, seconds since 1970.</param>
    /// <param name="body">The body, byte for byte as it is sent.</param>
    public static string Create(IReadOnlyList<SigningSecret> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return string.Join(' ', secrets.Select(secret => secret.Sign(content)));
    }
}
