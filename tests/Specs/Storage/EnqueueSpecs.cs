namespace BusIngest.Specs.Storage;

/// <summary>Places in the writer's queue.</summary>
public sealed class EnqueueSpecs : Spec
{
    [Fact]
    public async Task Should_run_work_in_the_order_of_its_places()
    {
        const int count = 6_000;
        var file = Own(await WriterFile.OpenAsync(Folder));
        var committing = new List<Task<int>>();
        var queueing = Task.Run(async () =>
        {
            // More than the queue holds: the last ones wait for their places.
            for (var i = 0; i < count; i++)
            {
                var name = $"{i}";
                committing.Add(await file.Writer.EnqueueAsync(1, session => WriterFile.Insert(session, name), Token));
            }
        }, Token);

        await Soon(queueing);
        await Soon(Task.WhenAll(committing));

        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), file.Stored(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_take_a_place_before_the_work_runs()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));
        Task<int> first, second;
        await using (file.Hold())
        {
            first = await Soon(file.Writer.EnqueueAsync(1, session => WriterFile.Insert(session, "first"), Token).AsTask());
            second = file.AddAsync("second");
            Assert.False(first.IsCompleted);
        }

        await Soon(Task.WhenAll(first, second));
        Assert.Equal(["first", "second"], file.Stored());
    }

    [Fact]
    public async Task Should_give_the_failure_of_the_work_by_the_inner_task()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));

        var committing = await Soon(file.Writer.EnqueueAsync<int>(1, _ => throw new FormatException("on purpose"), Token).AsTask());

        await Assert.ThrowsAsync<FormatException>(() => Soon(committing));
    }
}
