using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using BusIngest.Workers.Net;

namespace BusIngest.Specs.Timers.Webhooks;

/// <summary>Knows the names that it is told, each with what it answers the first, the second, … time; the last answer stays.</summary>
internal sealed class FakeResolver : IHostResolver
{
    private readonly ConcurrentDictionary<string, IPAddress[][]> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>The names that were looked up, in order.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <summary>Whether look-ups take for ever.</summary>
    public bool Hangs { get; set; }

    /// <summary>Sets the answers of a name; each may be several addresses, separated by spaces.</summary>
    public void Set(string host, params string[] answers) =>
        _answers[host] = [.. answers.Select(answer => answer.Split(' ').Select(IPAddress.Parse).ToArray())];

    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        _asked.Enqueue(host);
        if (Hangs)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        if (!_answers.TryGetValue(host, out var answers))
            throw new SocketException((int)SocketError.HostNotFound);
        return answers[Math.Min(_asked.Count(name => string.Equals(name, host, StringComparison.Ordinal)), answers.Length) - 1];
    }
}
