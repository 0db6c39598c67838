using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BusIngest.Api.Security;

namespace BusIngest.Api.Hosting;

/// <summary>A request under an idempotency key; a feature of the request.</summary>
/// <param name="Scope">A hash of the key, of who sent it, and of the endpoint with the values in its path. It does not go by how the path is spelled.</param>
/// <param name="Fingerprint">A hash of the query's values and the body: what has to be the same when it comes again.</param>
internal sealed record KeyedRequest(string Scope, string Fingerprint)
{
    /// <summary>The header that carries the key.</summary>
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 255;

    /// <summary>Whether keys count here: on a mapped POST, but for routes that say otherwise.</summary>
    public static bool Counts(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method)
        && context.Request.Headers.ContainsKey(Header)
        && context.GetEndpoint() is RouteEndpoint route
        && route.Metadata.GetMetadata<HttpMethodMetadata>() is not null
        && route.Metadata.GetMetadata<StartsNothing>() is null;

    /// <summary>The key of a request; null when it is given more than once, or is not 1 to 255 visible ASCII characters.</summary>
    public static string? KeyOf(HttpRequest request) =>
        request.Headers[Header] is [{ Length: > 0 and <= LongestKey } key] && !key.AsSpan().ContainsAnyExceptInRange('!', '~') ? key : null;

    /// <summary>Reads a request whose body is in hand, and leaves that where it is.</summary>
    public static async ValueTask<KeyedRequest> ReadAsync(HttpContext context, string key)
    {
        // Keys are a client's own, whatever API key it has by now.
        var scope = new StringBuilder().Append(Caller.Of(context).Name).Append('\n').Append(key).Append('\n')
            .Append(((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText?.Trim('/'));
        foreach (var (name, value) in context.Request.RouteValues.OrderBy(value => value.Key, StringComparer.OrdinalIgnoreCase))
            scope.Append('\n').Append(name.ToLowerInvariant()).Append('=').Append(Written(value));
        return new KeyedRequest(
            Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(scope.ToString()))), await FingerprintAsync(context.Request));
    }

    /// <summary>An id may be written in more than one way.</summary>
    private static string Written(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return Guid.TryParse(text, out var id) ? id.ToString() : text;
    }

    private static async ValueTask<string> FingerprintAsync(HttpRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, values) in request.Query.OrderBy(value => value.Key, StringComparer.OrdinalIgnoreCase))
            hash.AppendData(Encoding.UTF8.GetBytes($"{name.ToLowerInvariant()}={values}\n"));
        hash.AppendData("\n"u8);
        if (BodyIntake.HasBody(request.HttpContext))
        {
            var body = await request.BodyReader.ReadToEndAsync(request.HttpContext.RequestAborted);
            foreach (var part in body)
                hash.AppendData(part.Span);
            request.BodyReader.AdvanceTo(body.Start, body.End);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}

/// <summary>Marks a POST that idempotency keys do not count on.</summary>
internal sealed class StartsNothing;
