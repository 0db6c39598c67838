using System.Net;
using System.Text;
using BusIngest.Api.Commands;
using BusIngest.Specs.Commands;

namespace BusIngest.Specs.Timers.Api;

public sealed class TimersWatchSpecs : Spec
{
    private const string Page = """
        {"timers":[{"timerId":"019c12a0-0000-7000-8000-000000000001","timeLeft":90,"timerStatus":"Scheduled","webhookUrl":"https://example.com/",
        "createdAt":"2026-01-31T12:00:00.000Z","dueAt":"2026-01-31T12:01:30.000Z","firedAt":null,"deliveredAt":null,"attempts":0,"nextAttemptAt":null,"lastError":null}],"next":null}
        """;

    [Fact]
    public async Task Should_print_what_is_answered()
    {
        var service = Own(new CannedService(200, Page));

        var (code, text, errors) = await WatchAsync(Options(service));

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("019c12a0-0000-7000-8000-000000000001", text, StringComparison.Ordinal);
        Assert.Contains("00:01:30", text, StringComparison.Ordinal);
        Assert.Contains("1 timers  1 Scheduled", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_print_a_line_of_json_for_each_timer()
    {
        await using var service = new CannedService(200, Page);
        using var program = new CommandRecorder(isJson: true);

        var code = await TimersWatch.RunAsync(Options(service), program.Console, Token);

        Assert.Equal((0, ""), (code, program.Errors));
        var timer = Assert.Single(program.Lines());
        Assert.Equal(("Scheduled", "2026-01-31T12:01:30.000Z"), (timer.GetProperty("timerStatus").GetString(), timer.GetProperty("dueAt").GetString()));
    }

    [Fact]
    public async Task Should_ask_for_what_it_is_told_to()
    {
        var service = Own(new CannedService(200, Page));

        await WatchAsync(Options(service) with { ApiKey = "k1", Status = "Failed", Limit = 7 });

        Assert.Equal(["/api/v1/timers?limit=7&status=Failed k1"], service.Requests, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(401, null, "asks for a key: give it with --api-key, --api-key-file or BUSINGEST_API_KEY")]
    [InlineData(401, "k1", "does not know the key given with --api-key, --api-key-file or BUSINGEST_API_KEY")]
    [InlineData(503, null, "answered 503 ServiceUnavailable")]
    [InlineData(200, null, "answers, but not with timers")]
    public async Task Should_say_in_one_line_what_is_wrong(int status, string? key, string message)
    {
        var service = Own(new CannedService(status, "<html>"));

        var (code, text, errors) = await WatchAsync(Options(service) with { ApiKey = key });

        Assert.Equal((CommandException.ExitCode, "", $"{service.Address} {message}\n"), (code, text, errors));
    }

    [Fact]
    public async Task Should_say_in_one_line_that_nobody_is_there()
    {
        Uri address;
        await using (var service = new CannedService(200, Page))
            address = service.Address;

        var (code, _, errors) = await WatchAsync(new WatchOptions(address, null, null, 20, TimeSpan.FromSeconds(1)));

        Assert.Equal(CommandException.ExitCode, code);
        Assert.StartsWith($"{address} can't be reached: ", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_it_was_interrupted_before_it_had_printed()
    {
        using var program = new CommandRecorder(isJson: true);
        var service = Own(new CannedService(200, Page));

        var code = await TimersWatch.RunAsync(Options(service), program.Console, new CancellationToken(canceled: true));

        Assert.Equal((CommandException.ExitCode, "", "Interrupted.\n"), (code, program.Text, program.Errors));
    }

    private static WatchOptions Options(CannedService service) => new(service.Address, null, null, 20, TimeSpan.FromSeconds(1));

    private static async Task<(int Code, string Text, string Errors)> WatchAsync(WatchOptions options)
    {
        using var recorder = new CommandRecorder();
        var code = await TimersWatch.RunAsync(options, recorder.Console, Token);
        return (code, recorder.Text, recorder.Errors);
    }

    /// <summary>Answers every request with the same.</summary>
    private sealed class CannedService : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly byte[] _body;
        private readonly int _status;
        private readonly Task _serving;

        public CannedService(int status, string body)
        {
            (_status, _body) = (status, Encoding.UTF8.GetBytes(body));
            Address = new Uri($"http://127.0.0.1:{FreePort()}/");
            _listener.Prefixes.Add(Address.AbsoluteUri);
            _listener.Start();
            _serving = ServeAsync();
        }

        public Uri Address { get; }

        /// <summary>Their targets and keys.</summary>
        public List<string> Requests { get; } = [];

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
            _listener.Close();
        }

        private static int FreePort()
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        private async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                try
                {
                    var context = await _listener.GetContextAsync();
                    Requests.Add($"{context.Request.RawUrl} {context.Request.Headers["X-API-Key"]}");
                    context.Response.StatusCode = _status;
                    await context.Response.OutputStream.WriteAsync(_body);
                    context.Response.Close();
                }
                catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
                {
                    // It was stopped.
                    return;
                }
            }
        }
    }
}
