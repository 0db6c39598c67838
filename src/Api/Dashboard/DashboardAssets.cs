using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace BusIngest.Api.Dashboard;

/// <summary>The files that the pages are made of, from inside the assembly: found from any working directory, and in any form of publication.</summary>
internal sealed class DashboardAssets
{
    private const string Prefix = "dashboard/";
    private const string ForEver = "public, max-age=31536000, immutable";

    private readonly Dictionary<string, Asset> _assets = Read();

    /// <summary>The address of a file, which changes with its content, so that browsers may keep it.</summary>
    public string Address(string file) => $"/dashboard/assets/{file}?v={_assets[file].Version}";

    /// <summary>Answers with a file, or 404.</summary>
    public IResult Answer(string file, HttpContext context)
    {
        if (!_assets.TryGetValue(file, out var asset))
            return TypedResults.NotFound();

        context.Response.Headers.CacheControl = ForEver;
        return TypedResults.Bytes(asset.Content, asset.ContentType);
    }

    private static Dictionary<string, Asset> Read()
    {
        var (assembly, types) = (typeof(DashboardAssets).Assembly, new FileExtensionContentTypeProvider());
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..], name => Read(assembly.GetManifestResourceStream(name)!, types.Mappings[Path.GetExtension(name)]), StringComparer.Ordinal);
    }

    private static Asset Read(Stream stream, string contentType)
    {
        using var content = new MemoryStream();
        using (stream)
            stream.CopyTo(content);
        var bytes = content.ToArray();
        return new Asset(bytes, contentType, Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]);
    }

    private sealed record Asset(byte[] Content, string ContentType, string Version);
}
