using System.Net;

namespace BusIngest.Specs.Sagas;

/// <summary>The routes `/sagas…`.</summary>
public sealed class SagaRouteSpecs : Spec
{
    private readonly SagaService _service = new();

    [Fact]
    public async Task Should_count_the_sagas_of_every_kind_and_state()
    {
        await StartAsync();
        await _service.Database.AddSagasAsync("timer", "Running", 3);
        await _service.Database.AddSagasAsync("timer", "Cancelled", 2);
        await _service.Database.AddSagasAsync("timer", "Bygone");
        await _service.Database.AddSagasAsync("unregistered", "Running");

        var counts = await _service.Api.GetAsync("sagas", Token);

        Assert.Equal(
            """
            {"kinds":[{"kind":"door","states":{"Default":0,"Note":0,"Stuck":0,"Final":0},"total":0},
            {"kind":"timer","states":{"Scheduled":0,"Running":3,"Finished":0,"Failed":0,"Cancelled":2,"Bygone":1},"total":6}]}
            """.ReplaceLineEndings(""),
            counts.GetRawText());
    }

    [Fact]
    public async Task Should_visit_every_saga_of_a_kind_once_the_newest_first()
    {
        await StartAsync();
        var ids = new List<Guid>();
        foreach (var (state, count) in new[] { ("Scheduled", 3), ("Failed", 2), ("Scheduled", 1), ("Running", 4), ("Failed", 1) })
        {
            ids.InsertRange(0, (await _service.Database.AddSagasAsync("timer", state, count)).Reverse());
            await _service.Database.AddSagasAsync("door", "Note");
        }

        foreach (var limit in new[] { 1, 4, 10, 11, 12, 10_000 })
            Assert.Equal(ids, await VisitAsync($"sagas/timer?limit={limit}"));
        Assert.Equal([ids[0], ids[6], ids[7]], await VisitAsync("sagas/timer?limit=2&state=Failed"));
        Assert.Empty(await VisitAsync("sagas/timer?state=Finished"));
        Assert.Equal(5, (await VisitAsync("sagas/door")).Count);
    }

    [Fact]
    public async Task Should_show_a_saga_in_a_list_without_what_it_knows()
    {
        await StartAsync();
        var id = Assert.Single(await _service.Database.AddSagasAsync("timer", "Running"));

        var page = await _service.Api.GetAsync("sagas/timer", Token);

        Assert.Equal(
            $$"""{"sagas":[{"correlationId":"{{id}}","kind":"timer","state":"Running","version":2,"createdAt":"2026-01-31T12:00:00.000Z","updatedAt":"2026-01-31T12:00:00.500Z"}],"next":null}""",
            page.GetRawText());
    }

    [Fact]
    public async Task Should_show_a_saga_with_all_it_knows_and_its_history()
    {
        await StartAsync();
        var (id, other) = (Assert.Single(await _service.Database.AddSagasAsync("timer", "Running")), Assert.Single(await _service.Database.AddSagasAsync("timer", "Running")));
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await _service.Database.AddTransitionAsync(id, 1, "CreateTimer", "Initial", "Scheduled", first);
        await _service.Database.AddTransitionAsync(other, 1, "CreateTimer", "Initial", "Scheduled", Guid.NewGuid());
        await _service.Database.AddTransitionAsync(id, 2, "TimerDue", "Scheduled", "Running", second);

        var saga = await _service.Api.GetAsync($"sagas/timer/{id.ToString().ToUpperInvariant()}", Token);

        Assert.Equal(
            $$$"""
            {"correlationId":"{{{id}}}","kind":"timer","state":"Running","version":2,"createdAt":"2026-01-31T12:00:00.000Z","updatedAt":"2026-01-31T12:00:00.500Z",
            "document":{"correlationId":"{{{id}}}","currentState":"Running","nested":{"a":[1,null]}},
            "history":[{"version":1,"event":"CreateTimer","from":"Initial","to":"Scheduled","at":"2026-01-31T12:00:01.000Z","messageId":"{{{first}}}"},
            {"version":2,"event":"TimerDue","from":"Scheduled","to":"Running","at":"2026-01-31T12:00:02.000Z","messageId":"{{{second}}}"}]}
            """.ReplaceLineEndings(""),
            saga.GetRawText());
    }

    [Fact]
    public async Task Should_show_a_saga_without_a_history()
    {
        await StartAsync();
        var id = Assert.Single(await _service.Database.AddSagasAsync("door", "Note"));

        Assert.Equal(0, (await _service.Api.GetAsync($"sagas/door/{id}", Token)).GetProperty("history").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, await _service.Api.StatusAsync($"sagas/timer/{id}", Token));
    }

    private async Task StartAsync() => await Own(_service).InitializeAsync();

    private async Task<List<Guid>> VisitAsync(string route)
    {
        var visited = new List<Guid>();
        for (string? next = route; next is not null;)
        {
            var page = await _service.Api.GetAsync(next, Token);
            visited.AddRange(page.GetProperty("sagas").EnumerateArray().Select(saga => saga.GetProperty("correlationId").GetGuid()));
            Assert.InRange(visited.Count, 0, 100);
            next = page.GetProperty("next").GetString() is { } after ? $"{route}{(route.Contains('?') ? '&' : '?')}after={after}" : null;
        }

        return visited;
    }
}
