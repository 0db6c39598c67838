using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Specs.Failures;

public sealed class RequestFaultSpecs : FailureSpec
{
    [Fact]
    public async Task Should_answer_a_request()
    {
        var process = await StartAsync();

        Assert.Equal("hello", await AskAsync(process, "hello"));
    }

    [Fact]
    public async Task Should_answer_a_failed_request_with_its_fault()
    {
        var process = await StartAsync();
        Remarks.IsDeaf = true;

        var fault = await Assert.ThrowsAsync<RequestFaultException>(() => AskAsync(process, "hello"));

        Assert.Contains("'hello' can't be heard", fault.Fault!.Exceptions[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_not_keep_a_failed_request_as_its_caller_decides()
    {
        var process = await StartAsync();
        Remarks.IsDeaf = true;
        await Assert.ThrowsAsync<RequestFaultException>(() => AskAsync(process, "hello"));

        // One that is kept, at the same endpoint, came later.
        await SendAsync(process, "remarks", new Remark("later"));

        Assert.Contains("later", System.Text.Encoding.UTF8.GetString(Assert.Single(await FailuresAsync(process, 1)).Body), StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(BusProcess process, string text)
    {
        await using var scope = process.Get<IServiceScopeFactory>().CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<IRequestClient<Remark>>();
        return (await client.GetResponse<RemarkHeard>(new Remark(text), Token)).Message.Text;
    }
}
