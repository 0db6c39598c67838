using System.Buffers;
using System.IO.Pipelines;
using BusIngest.Api.Configuration;
using BusIngest.Api.Telemetry.Requests;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BusIngest.Api.Hosting;

/// <summary>
/// Takes a body in, whole, before its route sees it: within the route's limit and the budget of all, in time, unpacked, without a byte order mark.
/// What is not packed stays where the server has it.
/// </summary>
internal sealed class BodyIntake(Settings settings, BodyBudget budget, TimeProvider time)
{
    /// <summary>The largest body in bytes that is still read, and dropped, for the sake of a client that gets to read the answer so.</summary>
    private const long MaxDrainedBytes = 64L << 20;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether a request has a body that there is a route for.</summary>
    public static bool HasBody(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method)
        && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true
        && context.GetEndpoint() is RouteEndpoint route
        && route.Metadata.GetMetadata<HttpMethodMetadata>() is not null;

    /// <summary>Takes it in; once, however often it is asked for.</summary>
    /// <returns>Null; or a refusal, which is to be the answer.</returns>
    /// <exception cref="BadHttpRequestException">It is too large, too slow, or broke off.</exception>
    public async ValueTask<ProblemHttpResult?> TakeAsync(HttpContext context)
    {
        if (!HasBody(context) || context.Features.Get<BodyLease>() is not null)
            return null;

        var limit = RouteBodyLimit.Of(context.GetEndpoint(), settings.Http.MaxBodyBytes);
        if (!ContentEncodings.TryRead(context.Request.Headers.ContentEncoding, out var encoding))
            return Refuse(ContentEncodings.Refuse(context.Response), "encoding");
        if (context.Request.ContentLength > limit)
            return Refuse(TooLarge(context, limit), "large-body");

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limit;
        var lease = new BodyLease(budget, limit);
        context.Features.Set(lease);
        context.Response.RegisterForDispose(lease);
        if (!await ReadAsync(context, lease))
            return Refuse(Full(context.Response), "bodies");
        if (encoding is not ContentEncoding.None && !await PackedBody.UnpackAsync(context.Request, encoding, lease))
            return Refuse(Full(context.Response), "bodies");

        return await StrayBody.RefuseAsync(context);
    }

    /// <summary>Reads to the end, and leaves everything where it is. Most bodies are here with their headers, and need no clock.</summary>
    /// <returns>False when there is no room for it.</returns>
    private ValueTask<bool> ReadAsync(HttpContext context, BodyLease lease)
    {
        var reader = context.Request.BodyReader;
        if (reader.TryRead(out var there))
        {
            if (!Keep(reader, there, lease))
                return ValueTask.FromResult(false);
            if (there.IsCompleted)
                return ValueTask.FromResult(true);
        }

        return ReadRestAsync(reader, lease);
    }

    /// <summary>Without the request's token: when the client is gone, so is the body, and the read ends with that.</summary>
    private async ValueTask<bool> ReadRestAsync(PipeReader reader, BodyLease lease)
    {
        using var clock = new CancellationTokenSource(settings.Http.BodyTimeout, time);
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(clock.Token);
                if (!Keep(reader, result, lease))
                    return false;
                if (result.IsCompleted)
                    return true;
            }
        }
        catch (OperationCanceledException exception) when (clock.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body took too long.", StatusCodes.Status408RequestTimeout, exception);
        }
    }

    private static bool Keep(PipeReader reader, in ReadResult result, BodyLease lease)
    {
        var body = result.Buffer;
        var fits = lease.TryGrow(body.Length);
        reader.AdvanceTo(result.IsCompleted ? AfterMark(body) : body.Start, body.End);
        return fits;
    }

    private static SequencePosition AfterMark(in ReadOnlySequence<byte> body)
    {
        if (body.FirstSpan is not [0xEF, ..] || body.Length < ByteOrderMark.Length)
            return body.Start;

        Span<byte> beginning = stackalloc byte[3];
        body.Slice(0, beginning.Length).CopyTo(beginning);
        return beginning.SequenceEqual(ByteOrderMark) ? body.GetPosition(beginning.Length) : body.Start;
    }

    private static ProblemHttpResult Refuse(ProblemHttpResult problem, string what)
    {
        Refusals.Count(what);
        return problem;
    }

    /// <summary>Kestrel alone closes the connection under a client that is still sending; so it reads on after the answer, for at most 5 s.</summary>
    private static ProblemHttpResult TooLarge(HttpContext context, long limit)
    {
        if (context.Request.ContentLength <= MaxDrainedBytes && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = context.Request.ContentLength;
        return Problems.TooLarge(limit);
    }

    private static ProblemHttpResult Full(HttpResponse response) =>
        Problems.Unavailable(response, "Too many bodies are in hand now.", RetryAfter);
}
