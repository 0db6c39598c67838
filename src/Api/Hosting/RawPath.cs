using Microsoft.AspNetCore.Http.Features;

namespace BusIngest.Api.Hosting;

/// <summary>Reads a part of a path as its client wrote it.</summary>
internal static class RawPath
{
    /// <summary>An id in a path, unescaped once.</summary>
    /// <param name="context">The request.</param>
    /// <param name="routed">The value that routing found: it leaves an escaped slash as it is, and that can't be told from an escaped percent sign before 2F.</param>
    /// <param name="fromEnd">How many parts of the path follow it.</param>
    public static string Id(HttpContext context, string routed, int fromEnd = 0)
    {
        if (!routed.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            return routed;

        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].TrimEnd('/').Split('/');
        return Uri.UnescapeDataString(target[^(fromEnd + 1)]);
    }
}
