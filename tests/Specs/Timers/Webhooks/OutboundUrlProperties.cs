using System.Net;
using BusIngest.Workers.Net;
using FsCheck;
using FsCheck.Fluent;

namespace BusIngest.Specs.Timers.Webhooks;

public sealed class OutboundUrlProperties
{
    private static readonly IReadOnlySet<string> Nobody = new HashSet<string>(StringComparer.Ordinal);

    private static readonly Gen<string> Host = Gen.Elements(
            "a", "1", "0x7f", "127", "0177", "10", "localhost", "xn--", "xn--a", "-", "_", "*", ".", "..", "。", "．", ":", "@", "%", "%41", "%2e",
            "[", "]", "::", "ffff", "\\", "/", "?", "#", " ", "\t", "\n", "\0", "ä", "ß", "☃", "１", "①", "\u00ad", "\u0301", "\u200d", "\u202e", "א", "\ud800",
            "😀", new string('a', 63), new string('ä', 60))
        .ArrayOf().Select(string.Concat);

    [Fact]
    public Task Should_judge_whatever_is_written() => Properties.CheckAsync(
        Prop.ForAll(Host.ToArbitrary(), host =>
        {
            foreach (var text in new[] { $"http://{host}", $"https://{host}/", $"http://{host}:1/", host })
            {
                var accepted = OutboundUrl.TryParse(text, Nobody, out var url, out var error);
                Assert.Equal(accepted, error is null);
                if (accepted && IPAddress.TryParse(url!.IdnHost.TrimEnd('.'), out var address))
                    Assert.True(PublicAddress.IsPublic(address), text);
            }
        }),
        examples: 5_000);
}
