using System.Net;
using BusIngest.Api.Configuration;
using BusIngest.Bus.Requests;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Storage;
using BusIngest.Specs.Timers.Api;
using BusIngest.Support.Cars;
using Serilog.Events;

namespace BusIngest.Specs.Requests;

/// <summary>What was answered with 503, as nobody decided in time, is not carried out when somebody could.</summary>
public sealed class DeadlineSpecs : Spec
{
    private const string Refusal = "does not carry out";

    [Fact]
    public async Task Should_not_carry_out_later_what_was_answered_503_on_any_route()
    {
        var settings = RunningService.SettingsIn(Folder);
        var service = Own(await RunningService.StartAsync(settings with
        {
            Logs = settings.Logs with { Level = LogEventLevel.Warning },
            Sync = new() { AllowedHosts = new HashSet<string>(["127.0.0.1"], StringComparer.Ordinal) },
        }));
        var timer = await service.SetTimerAsync("""{"hours":9,"minutes":0,"seconds":0,"webhookUrl":"http://example.com/"}""");
        await UntilAsync("The timer is set", async token => (await service.TimerStatusAsync(timer, token)) is "Scheduled");
        var requests = Requests(timer);
        List<string> before;
        ApiAnswer[] answers;
        var main = service.Get<MainDatabase>();
        await UntilAsync("The inbox is empty", async _ => (await service.Cars.GetAsync("outbox", Token)).GetProperty("parked").GetInt64() == 0);
        await using (new HeldWriter(main.Writer))
        {
            before = Everything(main);
            answers = await Task.WhenAll(requests.Select(request => SendAsync(service, request)));
        }

        Assert.All(requests.Zip(answers), answered => Assert.True(
            answered.Second.Status == HttpStatusCode.ServiceUnavailable && answered.Second.RetryAfter is not null, $"{answered.First}: {answered.Second}"));
        await UntilAsync("All are refused", () => Refusals(settings) == requests.Length);
        Assert.Equal(before, Everything(main));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(service, ("POST", "pedidos/queue/pause", null))).Status);
    }

    [Fact]
    public void Should_leave_a_tenth_of_the_wait_for_the_answer()
    {
        var now = TimeProvider.System.GetUtcNow();

        var deadline = RequestDeadline.After(now, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));

        Assert.Equal(now.AddSeconds(3.5), deadline.At);
        deadline.ThrowIfPast(now.AddSeconds(3.5));
        Assert.Throws<RequestExpiredException>(() => deadline.ThrowIfPast(now.AddSeconds(3.6)));
    }

    /// <summary>Every route that asks a consumer or a saga to decide.</summary>
    private static (string Method, string Route, string? Body)[] Requests(Guid timer)
    {
        var run = Guid.NewGuid();
        return
        [
            ("POST", "cars/seeder/start", null), ("POST", "cars/seeder/stop", null), ("PUT", "cars/seeder", """{"intervalMs":7}"""),
            ("POST", "pedidos/generate?quantity=10", null), ("POST", "pedidos/cancel", null), ("POST", "pedidos/reset", null),
            ("POST", "pedidos/queue/pause", null), ("POST", "pedidos/queue/resume", null), ("POST", "pedidos/queue/close", null),
            ("POST", "pedidos/queue/clean?state=completed", null), ("POST", "pedidos/queue/clean?state=failed", null), ("POST", "pedidos/queue/purge", null),
            ("POST", "pedidos/queue/retry-failed", null), ("POST", "pedidos/queue/recover-stuck", null),
            ("DELETE", $"api/v1/timer/{timer}", null), ("POST", $"api/v1/timer/{timer}/redeliver", null),
            ("POST", "sync/runs", """{"baseUrl":"http://127.0.0.1:9"}"""),
            ("POST", $"sync/runs/{run}/pause", null), ("POST", $"sync/runs/{run}/resume", null), ("POST", $"sync/runs/{run}/cancel", null),
        ];
    }

    private static async Task<ApiAnswer> SendAsync(RunningService service, (string Method, string Route, string? Body) request)
    {
        using var body = request.Body is null ? null : CarRequests.Body(request.Body);
        return await service.Cars.SendAsync(new HttpMethod(request.Method), request.Route, body, Token);
    }

    private static int Refusals(Settings settings) => Directory.EnumerateFiles(settings.Logs.Directory, "warn*")
        .Sum(file =>
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd().Split('\n').Count(line => line.Contains(Refusal, StringComparison.Ordinal));
        });

    /// <summary>All rows of all tables.</summary>
    private static List<string> Everything(MainDatabase database)
    {
        using var session = database.OpenReader();
        var tables = Texts(session, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name");
        return [.. tables.SelectMany(table => Texts(session, Rows(session, table)).Select(row => $"{table}: {row}"))];
    }

    private static string Rows(SqliteSession session, string table) =>
        $"SELECT {string.Join(" || '|' || ", Texts(session, $"SELECT name FROM pragma_table_info('{table}')").Select(column => $"coalesce(hex({column}), '')"))} FROM {table}";

    private static List<string> Texts(SqliteSession session, string sql)
    {
        var (statement, texts) = (session.Statement(sql), new List<string>());
        while (statement.Read())
            texts.Add(statement.Text(0)!);
        return texts;
    }
}
