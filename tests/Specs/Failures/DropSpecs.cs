using BusIngest.Bus.Failures;
using BusIngest.Specs.Cars;

namespace BusIngest.Specs.Failures;

public sealed class DropSpecs : FailureSpec
{
    [Fact]
    public async Task Should_forget_the_message()
    {
        var process = await StartAsync();
        var failed = await FailAsync(process);

        Assert.True(await process.Get<IFailedMessages>().DropAsync(failed.Id, Token));

        Assert.Empty(process.Failures());
    }

    [Fact]
    public async Task Should_forget_no_other()
    {
        var process = await StartAsync();
        var failed = await FailAsync(process, 1);
        var other = await FailAsync(process, 2);

        await process.Get<IFailedMessages>().DropAsync(failed.Id, Token);

        Assert.Equal(other.Id, Assert.Single(process.Failures()).Id);
    }

    [Fact]
    public async Task Should_know_no_failure_of_another_id()
    {
        var process = await StartAsync();

        Assert.False(await process.Get<IFailedMessages>().DropAsync(Guid.NewGuid(), Token));
    }
}
