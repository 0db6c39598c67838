using System.Net;
using BusIngest.Support;
using BusIngest.Support.Failures;
using BusIngest.Support.Servers;
using BusIngest.Support.Timers;

namespace BusIngest.Integration.Postgres.Serving;

/// <summary>
/// PostgreSQL answers statements of every loop and route with its error codes, one code after the other, refuses sessions, breaks connections
/// and holds them up. With 30 rounds it is 300 codes: all there are, and unknown ones of their classes; with fewer, some of these that the seed picks.
/// </summary>
public sealed class CodeWalkTests(SharedServers servers) : ServedTest(servers)
{
    private const int AllCodes = 300;
    private const int CodesPerRound = 10;
    private const int OneIn = 3;
    private static readonly TimeSpan EachCode = TimeSpan.FromMilliseconds(600);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>What a server says to a new session.</summary>
    private static readonly string[] AtLogin = ["28000", "28P01", "3D000", "53300", "57P03", "42501", "08004"];

    private readonly Random _random = Seed.RandomFor(nameof(CodeWalkTests));

    [Fact]
    public async Task Should_lose_nothing_and_go_on_whatever_the_server_says()
    {
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine(Seed.Hint);
        await using var proxy = PostgresProxy.Start(new Uri(Database.Url).Port);
        await using var sink = await WebhookSink.StartAsync(Token);
        await StartAsync(proxy.Before(Database.Url), ("SYNC_ALLOWED_HOSTS", "127.0.0.1"));
        var load = new WalkLoad(Api, sink);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = load.RunAsync(stopping.Token);
        await UntilAsync("It works", async _ => await CountCarsAsync("walk-1") >= 0 && load.Timers.Count > 0 && load.Events.Count > 0);

        var codes = PostgresErrors.All.Concat(PostgresErrors.Unknown).Take(AllCodes).OrderBy(_ => _random.Next()).Take(Rounds.Full * CodesPerRound).ToArray();
        List<TimeSpan> times = [];
        List<string> late = [];
        foreach (var some in codes.Chunk(CodesPerRound))
        {
            foreach (var code in some)
                await WalkAsync(proxy, code);
            var took = await GoOnAsync(string.Join(' ', some));
            times.Add(took);
            if (took > MachineLoad.Stretch(Soon))
                late.Add($"{took.TotalSeconds:0.0} s after {string.Join(' ', some)}");
        }

        await stopping.CancelAsync();
        await running;
        Assert.False(Program.HasEnded);
        Assert.Empty(load.Wrong);
        await AccountAsync(load, sink);
        output.WriteLine($"{codes.Length} codes, {proxy.Faults} faults among {proxy.Statements} statements; on again within {times.Max().TotalSeconds:0.0} s, mean {times.Average(time => time.TotalSeconds):0.0} s");
        output.WriteLine($"{load.Cars.Count} cars, {load.Events.Count} events, {load.Timers.Count} timers were acknowledged, none was lost");
        Assert.Empty(late);
    }

    /// <summary>One code for a while, with a connection that breaks or stalls now and then.</summary>
    private static async Task WalkAsync(PostgresProxy proxy, string code)
    {
        proxy.Statement = _ => Random.Shared.Next(OneIn * 10) switch
        {
            < 10 => new PostgresFault.Failure(code),
            10 => new PostgresFault.Cut(AfterSending: true),
            11 => new PostgresFault.Cut(AfterSending: false),
            12 => new PostgresFault.Stall(TimeSpan.FromMilliseconds(700)),
            _ => null,
        };
        proxy.Session = () => Random.Shared.Next(OneIn) == 0 ? AtLogin[Random.Shared.Next(AtLogin.Length)] : null;
        await Task.Delay(EachCode, TimeProvider.System, Token);
        proxy.Statement = static _ => null;
        proxy.Session = static () => null;
    }

    /// <summary>After the last fault a car is stored, an event counted and a timer fired, and health is well again.</summary>
    private async Task<TimeSpan> GoOnAsync(string after)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var make = $"after-{Guid.NewGuid():N}";
        Assert.Equal(HttpStatusCode.Accepted, await PostCarAsync(make));
        await Eventually.HoldsAsync($"It goes on after {after}", async _ => await CountCarsAsync(make) == 1, Deadline, Token);
        var took = TimeProvider.System.GetElapsedTime(begun);
        await UntilAsync($"It is well after {after}", async token =>
            (await Api.GetAsync("health", token)).GetProperty("status").ValueEquals("healthy"));
        return took;
    }

    /// <summary>What was given up, for its own fault as the codes of rows have it, is sent again; then all is there, once.</summary>
    private async Task AccountAsync(WalkLoad load, WebhookSink sink)
    {
        await UntilAsync("Nothing is given up any more", async token =>
        {
            var failed = await new FailuresApi(Api).ListAsync(token);
            foreach (var type in failed.Select(message => message.Type).Distinct(StringComparer.Ordinal))
                await new FailuresApi(Api).RetryAllAsync(type, token);
            return failed.Count == 0
                && await AskAsync<long>("SELECT count(*) FROM cars WHERE normalized_make LIKE 'walk-%'") >= load.Cars.Count
                && await AskAsync<long>("SELECT count(*) FROM events") >= load.Events.Count
                && load.Timers.All(name => sink.Calls(name) > 0);
        });

        Assert.Equal(load.Cars.Order(StringComparer.Ordinal), await NamesAsync("SELECT array_agg(normalized_make) FROM cars WHERE normalized_make LIKE 'walk-%'", load.Cars), StringComparer.Ordinal);
        Assert.Equal(load.Events.Order(StringComparer.Ordinal), await NamesAsync("SELECT array_agg(event_id) FROM events", load.Events), StringComparer.Ordinal);
        await UntilAsync("The summary counts each once", async token =>
            (await Api.GetAsync("accounts/walk/summary?window=last_24h", token)).GetProperty("totals") is var totals
                && (totals.TryGetProperty("login", out var logins) ? logins.GetInt64() : 0) == await AskAsync<long>("SELECT count(*) FROM events"));
        await UntilAsync("No run of orders is stuck", async token => (await Api.GetAsync("pedidos/health/queue", token)).GetProperty("isStuck").GetBoolean() is false);
    }

    /// <summary>Those of the acknowledged that are stored; of others it was not heard whether they are.</summary>
    private async Task<IEnumerable<string>> NamesAsync(string sql, IReadOnlyCollection<string> acknowledged)
    {
        var known = acknowledged.ToHashSet(StringComparer.Ordinal);
        return (await AskAsync<string[]>(sql))!.Where(known.Contains).Order(StringComparer.Ordinal);
    }
}
