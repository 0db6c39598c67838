using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace BusIngest.Api.Hosting;

/// <summary>How a body is packed.</summary>
internal enum ContentEncoding
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>gzip (RFC 1952).</summary>
    Gzip,

    /// <summary>Brotli (RFC 7932).</summary>
    Brotli,
}

/// <summary>Reads Content-Encoding.</summary>
internal static class ContentEncodings
{
    private const string Taken = "gzip, br";

    /// <summary>Reads the header.</summary>
    /// <returns>False for what is not taken: another one, or one on top of another.</returns>
    public static bool TryRead(StringValues header, out ContentEncoding encoding)
    {
        encoding = header.ToString().Trim().ToLowerInvariant() switch
        {
            "" or "identity" => ContentEncoding.None,
            "gzip" or "x-gzip" => ContentEncoding.Gzip,
            "br" => ContentEncoding.Brotli,
            _ => (ContentEncoding)(-1),
        };
        return encoding is ContentEncoding.None or ContentEncoding.Gzip or ContentEncoding.Brotli;
    }

    /// <summary>415, with what is taken (RFC 9110, 15.5.16).</summary>
    public static ProblemHttpResult Refuse(HttpResponse response)
    {
        response.Headers.AcceptEncoding = Taken;
        return Problems.Status(StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding may be one of {Taken}, or absent.");
    }
}
