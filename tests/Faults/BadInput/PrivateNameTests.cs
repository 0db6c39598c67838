using System.Net;
using System.Net.Sockets;
using System.Text;
using BusIngest.Support;
using BusIngest.Support.Timers;

namespace BusIngest.Faults.BadInput;

/// <summary>A name that stands for this machine: that shows only when it is called, and then it is not.</summary>
public sealed class PrivateNameTests(ServedProgram program) : IClassFixture<ServedProgram>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private const string HostsFile = "/etc/hosts";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_accept_the_name_and_fail_at_the_address()
    {
        var (name, address) = await FindNameAsync();
        using var listener = new TcpListener(address, 0);
        listener.Start();
        var url = $"http://{name}:{((IPEndPoint)listener.LocalEndpoint).Port}/hook";
        var api = program.Installation.Api;
        using var body = new StringContent(BadTimers.Calling(url), Encoding.UTF8, "application/json");

        var answer = await api.SendAsync(HttpMethod.Post, "api/v1/timer", body, Token);

        Assert.True(answer.Status == HttpStatusCode.Created, $"{url}: {(int)answer.Status} {answer.Text}");
        var id = answer.Json().GetProperty("timer").GetProperty("timerId").GetGuid();
        var timers = new TimersApi(api, new TimerLedger());
        await Eventually.BecomesAsync("It is Failed", token => timers.StatusAsync(id, token), static status => status is "Failed", Deadline, Token);
        var error = Assert.Single(await timers.ErrorsAsync(id, Token));
        Assert.StartsWith("blocked", error, StringComparison.Ordinal);
        Assert.False(listener.Pending(), "Somebody connected");
        TestContext.Current.TestOutputHelper?.WriteLine($"{url}: {error}");
    }

    // Debian's own /etc/hosts has ip6-localhost for ::1; no network is needed. A machine's own name may stand for its other addresses, too.
    private static async Task<(string Name, IPAddress Address)> FindNameAsync()
    {
        var names = (await File.ReadAllLinesAsync(HostsFile, Token))
            .Select(static line => line.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(static words => words.Length > 1 && IPAddress.TryParse(words[0], out var address) && IPAddress.IsLoopback(address))
            .SelectMany(static words => words.Skip(1))
            .Where(static name => !name.EndsWith("localhost", StringComparison.OrdinalIgnoreCase) || name.Contains('-', StringComparison.Ordinal));
        foreach (var name in names)
        {
            if (await ResolveAsync(name) is [var first, ..] addresses && Array.TrueForAll(addresses, IPAddress.IsLoopback))
                return (name, first);
        }

        Assert.Fail($"No name but localhost stands for the loopback in {HostsFile}; Debian's has ip6-localhost");
        return default;
    }

    private static async Task<IPAddress[]> ResolveAsync(string name)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(name, Token);
        }
        catch (SocketException)
        {
            // The file has it, and the system does not look there; another may be found.
            return [];
        }
    }
}
