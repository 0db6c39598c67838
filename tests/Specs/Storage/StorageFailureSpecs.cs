using BusIngest.Bus.Storage;

namespace BusIngest.Specs.Storage;

public sealed class StorageFailureSpecs : Spec
{
    [Fact]
    public async Task Should_fail_everyone_in_the_transaction_when_the_file_is_full()
    {
        var file = Own(await FullFileAsync());
        Task small, large, smallAgain;
        await using (file.Hold())
        {
            small = file.AddAsync("small");
            large = file.AddAsync(new string('x', 1 << 20));
            smallAgain = file.AddAsync("small again");
        }

        foreach (var caller in new[] { small, large, smallAgain })
            Assert.Contains("things.db", (await Assert.ThrowsAsync<StorageUnavailableException>(() => Soon(caller))).Message, StringComparison.Ordinal);
        Assert.Empty(file.Stored());
    }

    [Fact]
    public async Task Should_write_again_after_a_failure()
    {
        var file = Own(await FullFileAsync());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => file.AddAsync(new string('x', 1 << 20)));
        Assert.Equal(1, file.Writer.ConsecutiveFailures);

        await Soon(file.AddAsync("one"));

        Assert.Equal(["one"], file.Stored());
        Assert.Equal(0, file.Writer.ConsecutiveFailures);
    }

    [Fact]
    public async Task Should_count_failures_until_the_file_can_be_opened()
    {
        var path = Path.Combine(Folder, "things.db");
        Directory.CreateDirectory(path);
        var writer = Own(new SqliteWriter(path, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));
        for (var failures = 1; failures <= 3; failures++)
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => writer.WriteAsync(1, _ => 0, Token));
            Assert.Equal(failures, writer.ConsecutiveFailures);
        }

        Directory.Delete(path);
        await Soon(writer.WriteAsync(1, _ => 0, Token));

        Assert.Equal(0, writer.ConsecutiveFailures);
    }

    [Fact]
    public async Task Should_go_on_though_a_failure_can_not_even_be_logged()
    {
        var path = Path.Combine(Folder, "things.db");
        Directory.CreateDirectory(path);
        var writer = Own(new SqliteWriter(path, new BrokenLogger()));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Soon(writer.WriteAsync(1, _ => 0, Token)));

        Directory.Delete(path);

        Assert.Equal(7, await Soon(writer.WriteAsync(1, _ => 7, Token)));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(10, true)]
    [InlineData(13, true)]
    [InlineData(14, true)]
    [InlineData(1, false)]
    [InlineData(19, false)]
    public void Should_tell_a_storage_failure_from_a_refusal(int code, bool isStorageFailure) =>
        Assert.Equal(isStorageFailure, new SqliteFailureException(code, "").IsStorageFailure);

    /// <summary>A file that may not grow, until its writer opens it anew.</summary>
    private async Task<WriterFile> FullFileAsync()
    {
        var file = await WriterFile.OpenAsync(Folder);
        await file.Writer.WriteAsync(0, session =>
        {
            session.Execute("PRAGMA max_page_count = 1");
            return 0;
        });
        return file;
    }
}
