using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Support.Timers;

/// <summary>Checks a delivery as a receiver does by Standard Webhooks
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md), with code of its own.</summary>
public static class SignatureCheck
{
    /// <summary>What the program is told as WEBHOOKS_SECRET.</summary>
    public const string Secret = "whsec_dGhlIHRlc3RzJyBvd24gc2VjcmV0LCAzMiBieXRlcyE=";

    private static readonly byte[] Key = Convert.FromBase64String(Secret["whsec_".Length..]);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with a delivery; null when nothing is.</summary>
    /// <param name="id">The header webhook-id.</param>
    /// <param name="timestamp">The header webhook-timestamp.</param>
    /// <param name="signatures">The header webhook-signature.</param>
    /// <param name="body">The body.</param>
    /// <param name="now">The time; deliveries of long ago are refused.</param>
    public static string? Complain(string id, string timestamp, string signatures, byte[] body, DateTimeOffset now)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance)
            return $"The timestamp is '{timestamp}'";

        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var right = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Key, content));
        return signatures.Split(' ').Contains(right, StringComparer.Ordinal) ? null : $"The signature is '{signatures}'";
    }
}
