using BusIngest.Bus.Storage;

namespace BusIngest.Specs.Storage;

public sealed class SqliteWriterSpecs : Spec
{
    [Fact]
    public async Task Should_give_the_caller_what_the_work_returned()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));

        Assert.Equal(1, await file.AddAsync("one"));
        Assert.Equal(["one"], file.Stored());
    }

    [Fact]
    public async Task Should_commit_the_work_of_many_callers_together()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));
        IReadOnlyList<string>? committed = null;
        var callers = new List<Task>();
        await using (file.Hold())
        {
            for (var i = 0; i < 9; i++)
                callers.Add(file.AddAsync($"{i}"));
            callers.Add(file.Writer.WriteAsync(1, _ => committed = file.Stored(), Token));
        }

        await Soon(Task.WhenAll(callers));
        Assert.NotNull(committed);
        Assert.Empty(committed);
        Assert.Equal(9, file.Stored().Count);
    }

    [Fact]
    public async Task Should_tell_a_caller_only_after_the_commit()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));
        var toldBefore = true;
        Task first, second;
        await using (file.Hold())
        {
            first = file.AddAsync("one");
            second = file.Writer.WriteAsync(1, _ => toldBefore = first.IsCompleted, Token);
        }

        await Soon(first);
        Assert.Equal(["one"], file.Stored());
        await Soon(second);
        Assert.False(toldBefore);
    }

    [Fact]
    public async Task Should_run_work_in_the_order_it_came()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));
        var names = Enumerable.Range(0, 100).Select(i => $"{i}").ToList();

        await Soon(Task.WhenAll(names.Select(file.AddAsync)));

        Assert.Equal(names, file.Stored());
    }

    [Fact]
    public async Task Should_undo_only_the_work_that_throws()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));
        Task before, thrower, after;
        await using (file.Hold())
        {
            before = file.AddAsync("before");
            thrower = file.Writer.WriteAsync<int>(1, session =>
            {
                WriterFile.Insert(session, "thrown");
                throw new FormatException("on purpose");
            }, Token);
            after = file.AddAsync("after");
        }

        Assert.Equal("on purpose", (await Assert.ThrowsAsync<FormatException>(() => Soon(thrower))).Message);
        await Soon(Task.WhenAll(before, after));
        Assert.Equal(["before", "after"], file.Stored());
    }

    [Fact]
    public async Task Should_fail_only_the_work_that_breaks_a_constraint()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));
        Task first, repeat, last;
        await using (file.Hold())
        {
            first = file.AddAsync("same");
            repeat = file.AddAsync("same");
            last = file.AddAsync("other");
        }

        Assert.False((await Assert.ThrowsAsync<SqliteFailureException>(() => Soon(repeat))).IsStorageFailure);
        await Soon(Task.WhenAll(first, last));
        Assert.Equal(["same", "other"], file.Stored());
        Assert.Equal(0, file.Writer.ConsecutiveFailures);
    }

    [Fact]
    public async Task Should_survive_work_that_throws_in_the_middle_of_reading()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));
        await file.AddAsync("one");
        await file.AddAsync("two");

        await Assert.ThrowsAsync<FormatException>(() => Soon(file.Writer.WriteAsync<int>(1, session =>
        {
            session.Statement("SELECT name FROM things").Read();
            throw new FormatException();
        }, Token)));

        Assert.Equal(1, await Soon(file.AddAsync("three")));
        Assert.Equal(0, file.Writer.ConsecutiveFailures);
    }

    [Fact]
    public async Task Should_finish_what_is_queued_when_it_is_disposed()
    {
        var file = await WriterFile.OpenAsync(Folder);
        var callers = new List<Task>();
        ValueTask disposing;
        await using (file.Hold())
        {
            for (var i = 0; i < 20; i++)
                callers.Add(file.AddAsync($"{i}"));
            disposing = file.DisposeAsync();
        }

        await Soon(disposing.AsTask());
        await Soon(Task.WhenAll(callers));
        Assert.Equal(20, file.Stored().Count);
    }

    [Fact]
    public async Task Should_not_open_a_file_that_nobody_writes()
    {
        var path = Path.Combine(Folder, "untouched.db");

        await new SqliteWriter(path, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance).DisposeAsync();

        Assert.False(File.Exists(path));
    }
}
