using System.Net;
using System.Text.Json;
using BusIngest.Api.Hosting;
using BusIngest.Api.Outbox;
using BusIngest.Bus;
using BusIngest.Bus.Outbox.Breaker;
using BusIngest.Bus.Outbox.Failover.Sessions;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Failover;
using BusIngest.Sagas.Failover;
using BusIngest.Specs.Processes;
using BusIngest.Support.Cars;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Outbox.Failover;

/// <summary>The routes `/outbox/sessions`, `/outbox/isolate` and `/outbox/close`.</summary>
public sealed class SessionRouteSpecs : Spec
{
    private readonly KnownSession _known = new();
    private WebApplication? _app;

    private CarsApi Api => new(() => new Uri(_app!.Urls.First()));

    [Fact]
    public async Task Should_refuse_to_steer_an_outbox_that_has_no_lane_over_a_server()
    {
        await StartAsync(withLane: false);

        foreach (var route in new[] { "outbox/isolate", "outbox/close" })
        {
            var answer = await Api.SendAsync(HttpMethod.Post, route, null, Token);
            Assert.Equal((HttpStatusCode.Conflict, "application/problem+json"), (answer.Status, answer.MediaType));
            Assert.Contains("no lane over a server", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal("""{"sessions":[],"next":null}""", (await Api.GetAsync("outbox/sessions", Token)).GetRawText());
    }

    [Fact]
    public async Task Should_steer_and_answer_with_the_outbox_s_status()
    {
        await StartAsync(withLane: true);

        foreach (var route in new[] { "isolate", "close" })
        {
            var answer = await Api.SendAsync(HttpMethod.Post, $"outbox/{route}", null, Token);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(JsonValueKind.String, answer.Json().GetProperty("circuit").ValueKind);
        }

        Assert.Equal(["isolate", "close"], _known.Steered, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_show_a_session_with_its_times()
    {
        await StartAsync(withLane: false);
        var start = FakeClock.Start;
        await AddAsync(new FailoverFacts
        {
            SessionId = Guid.Empty, Step = 6, Process = "here/1", Lane = "redis", Reason = "gone", DetectedAt = start,
            PromotedAt = start.AddSeconds(1), PromotedMaster = "b:2", FallbackAt = start.AddSeconds(2), PrimaryAt = start.AddSeconds(5),
            RecoveryStartedAt = start.AddSeconds(6), RecoveryCompletedAt = start.AddSeconds(10), FallbackMs = 3_000, Fallbacks = 7, Drained = 8,
        });

        Assert.Equal(
            """
            {"sessions":[{"sessionId":"00000000-0000-0000-0000-000000000000","state":"Closed","process":"here/1","lane":"redis","reason":"gone","isolated":false,
            "failureDetectedAt":"2026-01-31T12:00:00.000Z","promotionSeenAt":"2026-01-31T12:00:01.000Z","promotedMaster":"b:2","toSqliteAt":"2026-01-31T12:00:02.000Z",
            "backToPrimaryAt":"2026-01-31T12:00:05.000Z","recoveryStartedAt":"2026-01-31T12:00:06.000Z","recoveryCompletedAt":"2026-01-31T12:00:10.000Z",
            "fallbackCount":7,"drainedCount":8,"toSqliteMs":2000,"promotionMs":1000,"fallbackMs":3000,"recoveryMs":4000,"totalMs":10000}],"next":null}
            """.ReplaceLineEndings(""),
            (await Api.GetAsync("outbox/sessions", Token)).GetRawText());
    }

    [Fact]
    public async Task Should_visit_every_session_once_the_newest_first_and_the_one_in_memory_before_all()
    {
        await StartAsync(withLane: true);
        var ids = Enumerable.Range(0, 7).Select(_ => Guid.NewGuid()).ToList();
        foreach (var id in ids)
            await AddAsync(new FailoverFacts { SessionId = id, Step = 1, DetectedAt = FakeClock.Start });
        _known.Latest = new FailoverFacts { SessionId = Guid.NewGuid(), Step = 1, DetectedAt = FakeClock.Start };

        foreach (var limit in new[] { 1, 3, 7, 8, 9 })
            Assert.Equal([_known.Latest.SessionId, .. Enumerable.Reverse(ids)], await VisitAsync(limit));
        Assert.Equal(HttpStatusCode.BadRequest, await Api.StatusAsync("outbox/sessions?limit=0", Token));
    }

    [Fact]
    public async Task Should_show_a_session_as_memory_has_it_where_the_saga_is_behind()
    {
        await StartAsync(withLane: true);
        var session = new FailoverFacts { SessionId = Guid.NewGuid(), Step = 1, DetectedAt = FakeClock.Start };
        await AddAsync(session);
        _known.Latest = session with { Step = 2, FallbackAt = FakeClock.Start, InFallbackSince = FakeClock.Start };

        var shown = Assert.Single((await Api.GetAsync("outbox/sessions", Token)).GetProperty("sessions").EnumerateArray());

        Assert.Equal("InFallback", shown.GetProperty("state").GetString());
        Assert.True(shown.GetProperty("fallbackMs").GetInt64() > 0);
    }

    private async Task StartAsync(bool withLane)
    {
        var settings = RunningService.SettingsIn(Folder);
        var builder = HostingExtensions.CreateBuilder(settings);
        builder.Services.AddBus(DataDirectory.Take(settings.DataDir), new BusOptions(), _ => { });
        builder.Services.AddOutboxApi();
        if (withLane)
            builder.Services.AddSingleton<IOutboxControl>(_known).AddSingleton<IFailoverSessions>(_known);
        _app = Own(builder.Build());
        _app.UseBusIngestHosting(settings);
        _app.MapOutboxApi();
        await _app.Services.PrepareStorageAsync(Token);
        await _app.StartAsync(Token);
    }

    private Task<int> AddAsync(FailoverFacts facts)
    {
        var saga = new FailoverState { CorrelationId = facts.SessionId, CurrentState = "Detected", Facts = facts };
        return _app!.Services.GetRequiredService<MainDatabase>().Writer.WriteAsync(1, session => session
            .Statement("""
                INSERT INTO sagas (seq, kind, correlation_id, state, version, created_at, updated_at, document)
                SELECT ifnull(max(seq), 0) + 1, 'failover', ?1, 'Detected', 1, 0, 0, ?2 FROM sagas
                """)
            .Bind(1, facts.SessionId).Bind(2, JsonSerializer.Serialize(saga, FailoverStateJson.Default.FailoverState)).Execute());
    }

    private async Task<List<Guid>> VisitAsync(int limit)
    {
        var visited = new List<Guid>();
        for (string? next = $"outbox/sessions?limit={limit}"; next is not null;)
        {
            var page = await Api.GetAsync(next, Token);
            visited.AddRange(page.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("sessionId").GetGuid()));
            Assert.InRange(visited.Count, 0, 20);
            next = page.GetProperty("next").GetString() is { } after ? $"outbox/sessions?limit={limit}&after={after}" : null;
        }

        return visited;
    }

    private sealed class KnownSession : IOutboxControl, IFailoverSessions
    {
        public FailoverFacts? Latest { get; set; }

        public List<string> Steered { get; } = [];

        public Task IsolateAsync()
        {
            Steered.Add("isolate");
            return Task.CompletedTask;
        }

        public Task CloseAsync()
        {
            Steered.Add("close");
            return Task.CompletedTask;
        }
    }
}
