using System.Net;
using BusIngest.Specs.Idempotency;

namespace BusIngest.Specs.Orders.Api;

/// <summary>Runs that are started, and refused.</summary>
public sealed class GenerateSpecs : OrdersService
{
    [Fact]
    public async Task Should_accept_one_of_many_and_name_it_to_the_others()
    {
        var service = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => service.PedidosAsync("POST", "/generate?quantity=50000")));

        var accepted = Assert.Single(answers, answer => answer.Status is HttpStatusCode.Accepted).Json();
        Assert.Equal(("GENERATING", 50_000), (accepted.GetProperty("phase").GetString(), accepted.GetProperty("quantity").GetInt32()));
        var refused = answers.Where(answer => answer.Status is HttpStatusCode.Conflict).ToList();
        Assert.Equal(19, refused.Count);
        Assert.All(refused, answer =>
        {
            Assert.Equal("application/problem+json", answer.MediaType);
            Assert.Contains(accepted.GetProperty("runId").GetString()!, answer.Json().GetProperty("detail").GetString(), StringComparison.Ordinal);
        });
        await PhaseAsync(service, "DONE");
    }

    [Fact]
    public async Task Should_start_one_run_under_an_idempotency_key()
    {
        var service = await StartAsync();
        const string Route = "pedidos/generate?quantity=2000";

        var first = await service.SendKeyedAsync(HttpMethod.Post, Route, "k1");
        await PhaseAsync(service, "DONE");
        var replayed = await service.SendKeyedAsync(HttpMethod.Post, Route, "k1");
        await service.ForgetAnswersAsync();
        var again = await service.SendKeyedAsync(HttpMethod.Post, Route, "k1");

        Assert.Equal((HttpStatusCode.Accepted, first.Text), (first.Status, replayed.Text));
        Assert.Equal((HttpStatusCode.Accepted, "DONE"), (again.Status, await service.PhaseAsync()));
        Assert.Single((await service.GetPedidosAsync("/runs")).GetProperty("runs").EnumerateArray());
    }

    [Theory]
    [InlineData("POST", "/generate?quantity=0", "quantity")]
    [InlineData("POST", "/generate?quantity=-1", "quantity")]
    [InlineData("POST", "/generate?quantity=1.5", "quantity")]
    [InlineData("POST", "/generate?quantity=abc", "quantity")]
    [InlineData("POST", "/generate?quantity=", "quantity")]
    [InlineData("POST", "/generate?quantity=%201", "quantity")]
    [InlineData("POST", "/generate?quantity=1500001", "quantity")]
    [InlineData("POST", "/generate?quantity=99999999999999999999", "quantity")]
    [InlineData("POST", "/generate?quantity=1&quantity=2", "quantity")]
    [InlineData("GET", "/runs?limit=0", "limit")]
    [InlineData("GET", "/runs/compare?a=1", "a", "b")]
    [InlineData("GET", "/orders?status=done", "status")]
    [InlineData("GET", "/orders?priority=vip&limit=10001&after=x", "priority", "limit", "after")]
    [InlineData("GET", "/logs?lines=10001", "lines")]
    [InlineData("GET", "/queue/jobs?types=waiting,lost", "types")]
    [InlineData("GET", "/queue/jobs?start=5&end=4", "end")]
    [InlineData("GET", "/queue/jobs?start=-1", "start")]
    [InlineData("POST", "/queue/clean?state=lost&grace=-1&limit=0", "state", "grace", "limit")]
    [InlineData("POST", "/queue/recover-stuck?maxJobs=0", "maxJobs")]
    [InlineData("POST", "/cancel?purge=yes&removePending=1&resetLogs=", "purge", "removePending", "resetLogs")]
    [InlineData("POST", "/reset?history=maybe", "history")]
    public async Task Should_refuse_what_is_wrong_and_do_nothing(string method, string route, params string[] fields)
    {
        var service = await StartAsync();

        var answer = await service.PedidosAsync(method, route);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal(fields, answer.ErrorNames(), StringComparer.Ordinal);
        Assert.Equal("IDLE", await service.PhaseAsync());
    }

    [Theory]
    [InlineData("/queue/jobs?types=lost")]
    [InlineData("/queue/clean?state=lost")]
    public async Task Should_name_the_types_that_there_are(string route)
    {
        var service = await StartAsync();

        var answer = await service.PedidosAsync(route.Contains("clean", StringComparison.Ordinal) ? "POST" : "GET", route);

        Assert.Contains("must be one of wait, waiting, active, completed, failed, delayed, paused", answer.Text, StringComparison.Ordinal);
    }
}
