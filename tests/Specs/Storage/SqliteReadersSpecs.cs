using BusIngest.Bus.Storage;

namespace BusIngest.Specs.Storage;

public sealed class SqliteReadersSpecs : Spec
{
    [Fact]
    public async Task Should_see_what_is_committed()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));
        var readers = Own(new SqliteReaders(file.Path));
        Assert.Equal(0, readers.Read(Count));

        await file.AddAsync("one");

        Assert.Equal(1, readers.Read(Count));
    }

    [Fact]
    public async Task Should_give_each_of_many_readers_a_session_of_its_own()
    {
        const int readersAtOnce = 24;
        var file = Own(await WriterFile.OpenAsync(Folder));
        await file.AddAsync("one");
        var readers = Own(new SqliteReaders(file.Path));
        using var all = new Barrier(readersAtOnce);
        var sessions = new System.Collections.Concurrent.ConcurrentBag<SqliteSession>();

        var reading = Enumerable.Range(0, readersAtOnce).Select(_ => Task.Factory.StartNew(
            () => readers.Read(session =>
            {
                sessions.Add(session);
                all.SignalAndWait(TimeSpan.FromSeconds(20), Token);
                return Count(session);
            }),
            Token, TaskCreationOptions.LongRunning, TaskScheduler.Default));

        Assert.All(await Soon(Task.WhenAll(reading)), count => Assert.Equal(1, count));
        Assert.Equal(readersAtOnce, sessions.Distinct().Count());
        Assert.Equal(1, readers.Read(Count));
    }

    [Fact]
    public async Task Should_use_a_session_again_after_a_read_that_throws_in_the_middle()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));
        await file.AddAsync("one");
        await file.AddAsync("two");
        var readers = Own(new SqliteReaders(file.Path));
        SqliteSession? first = null, second = null;

        Assert.Throws<FormatException>(() => readers.Read<int>(session =>
        {
            first = session;
            session.Statement("SELECT name FROM things").Read();
            throw new FormatException();
        }));
        await file.AddAsync("three");

        // An open statement would still show two.
        Assert.Equal(3, readers.Read(session => Count(second = session)));
        Assert.Same(first, second);
    }

    [Fact]
    public async Task Should_close_a_session_that_comes_back_after_the_end()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));
        var readers = new SqliteReaders(file.Path);
        SqliteSession? late = null;

        readers.Read(session =>
        {
            readers.Dispose();
            return Count(late = session);
        });

        Assert.ThrowsAny<Exception>(() => Count(late!));
    }

    [Fact]
    public void Should_say_why_a_file_cannot_be_read()
    {
        var readers = Own(new SqliteReaders(Path.Combine(Folder, "missing.db")));

        Assert.Throws<StorageUnavailableException>(() => readers.Read(Count));
    }

    private static long Count(SqliteSession session)
    {
        var count = session.Statement("SELECT count(*) FROM things");
        count.Read();
        var number = count.Number(0);
        count.Reset();
        return number;
    }
}
