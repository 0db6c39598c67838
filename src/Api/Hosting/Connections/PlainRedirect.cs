using System.Text;
using BusIngest.Api.Configuration;
using BusIngest.Api.Security;
using Microsoft.AspNetCore.Connections;

namespace BusIngest.Api.Hosting;

/// <summary>Sends who speaks plain HTTP to the port of HTTPS on to where he should go; nothing else is answered so.</summary>
internal static class PlainRedirect
{
    private const int LongestHead = 8 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Answers one request, and ends the connection.</summary>
    public static async Task AnswerAsync(ConnectionContext connection, HttpSettings settings, TimeProvider time)
    {
        using var end = new CancellationTokenSource(Patience, time);
        try
        {
            var answer = await ReadHeadAsync(connection, end.Token) is { } head && Target(head, settings) is { } target
                ? $"HTTP/1.1 308 Permanent Redirect\r\nLocation: {target}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                : "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            await connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes(answer), end.Token);
            await connection.Transport.Output.CompleteAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            connection.Abort();
        }
    }

    private static async Task<string?> ReadHeadAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var text = Encoding.Latin1.GetString(result.Buffer.Slice(0, Math.Min(result.Buffer.Length, LongestHead)));
            var isWhole = text.Contains("\r\n\r\n", StringComparison.Ordinal);
            input.AdvanceTo(isWhole ? result.Buffer.End : result.Buffer.Start, result.Buffer.End);
            if (isWhole)
                return text;
            if (result.IsCompleted || text.Length >= LongestHead)
                return null;
        }
    }

    /// <summary>The same path under HTTPS, at the public address or the name that was asked for, if that is one of the service's.</summary>
    private static string? Target(string head, HttpSettings settings)
    {
        var lines = head.Split("\r\n");
        if (lines[0].Split(' ') is not [_, ['/', ..] path, ['H', 'T', 'T', 'P', '/', ..]] || path.StartsWith("//", StringComparison.Ordinal))
            return null;

        var host = Array.Find(lines, line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase))?[5..].Trim();
        if (string.IsNullOrEmpty(host) || !new HostNames(settings).Contains(new HostString(host).Host)
            || !Uri.TryCreate($"https://{host}{path}", UriKind.Absolute, out var same))
            return null;

        return settings.PublicUrl is { Scheme: "https" } url ? new Uri(url, same.PathAndQuery).AbsoluteUri : same.AbsoluteUri;
    }
}
