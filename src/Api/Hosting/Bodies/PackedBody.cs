using System.Buffers;
using System.IO.Compression;

namespace BusIngest.Api.Hosting;

/// <summary>Unpacks a body that is in hand, as far as its route's limit lets it grow.</summary>
internal static class PackedBody
{
    private const int StepBytes = 16 << 10;
    private const int ReportedStepBytes = 64 << 10;

    /// <summary>Puts the unpacked body in place of the packed one.</summary>
    /// <returns>False when there is no room for it.</returns>
    /// <exception cref="BadHttpRequestException">It is larger than the limit, or not packed so.</exception>
    public static async Task<bool> UnpackAsync(HttpRequest request, ContentEncoding encoding, BodyLease lease)
    {
        var packed = await request.BodyReader.ReadToEndAsync(request.HttpContext.RequestAborted);
        var source = new MemoryStream(packed.ToArray(), writable: false);
        request.BodyReader.AdvanceTo(packed.End);

        var body = new MemoryStream();
        if (!TryUnpack(source, encoding, body, lease))
            return false;

        body.Position = AfterMark(body);
        request.Headers.ContentEncoding = default;
        request.Body = body;
        request.ContentLength = body.Length - body.Position;
        return true;
    }

    private static bool TryUnpack(MemoryStream source, ContentEncoding encoding, MemoryStream body, BodyLease lease)
    {
        using Stream unpacking = encoding is ContentEncoding.Gzip
            ? new GZipStream(source, CompressionMode.Decompress)
            : new BrotliStream(source, CompressionMode.Decompress);
        var step = ArrayPool<byte>.Shared.Rent(StepBytes);
        try
        {
            while (unpacking.Read(step, 0, StepBytes) is > 0 and var read)
            {
                if (body.Length + read > lease.Limit)
                    throw new BadHttpRequestException("The unpacked body is too large.", StatusCodes.Status413PayloadTooLarge);
                body.Write(step, 0, read);
                // By steps: the stream takes twice as much whenever it is full.
                if (!lease.TryGrow(source.Length + Math.Max(body.Capacity, ReportedStepBytes)))
                    return false;
            }

            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw new BadHttpRequestException("The body is not packed as Content-Encoding says.", StatusCodes.Status400BadRequest, exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(step);
        }
    }

    private static long AfterMark(MemoryStream body) =>
        body.GetBuffer().AsSpan(0, (int)body.Length) is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
}
