using System.Collections.Concurrent;
using BusIngest.Bus.Delivery;
using MassTransit;

namespace BusIngest.Integration.Postgres.Work;

/// <summary>What the consumers of a test do, in all processes that are started for it: every one writes a row of the table `effects`.</summary>
internal sealed class Bench
{
    /// <summary>The table.</summary>
    public const string Table = "CREATE TABLE effects (endpoint text NOT NULL, message_id uuid NOT NULL, number integer NOT NULL)";

    private readonly ConcurrentQueue<int> _tried = new();

    /// <summary>Runs in the job's consumer, after its effect was added; it may throw.</summary>
    public Func<ConsumeContext<Job>, Task> OnJob { get; set; } = _ => Task.CompletedTask;

    /// <summary>The numbers of all jobs that were tried.</summary>
    public IReadOnlyCollection<int> Tried => _tried;

    /// <summary>Adds the effect of a message to its transaction.</summary>
    public static void Write(ConsumeContext context, string endpoint, int number)
    {
        var id = context.MessageId!.Value;
        context.Transaction().Write(1, _ => Assert.Fail("The tests run on PostgreSQL."), batch => batch
            .Add("INSERT INTO effects (endpoint, message_id, number) VALUES ($1, $2, $3)").Bind(endpoint).Bind(id).Bind(number));
    }

    public async Task DoAsync(ConsumeContext<Job> context)
    {
        _tried.Enqueue(context.Message.Number);
        Write(context, JobConsumer.Queue, context.Message.Number);
        await OnJob(context);
    }
}

/// <summary>The queue `jobs`.</summary>
internal sealed class JobConsumer(Bench bench) : IConsumer<Job>
{
    public const string Queue = "jobs";

    public Task Consume(ConsumeContext<Job> context) => bench.DoAsync(context);
}

/// <summary>The queue `done`.</summary>
internal sealed class DoneConsumer : IConsumer<JobDone>
{
    public const string Queue = "done";

    public Task Consume(ConsumeContext<JobDone> context)
    {
        Bench.Write(context, Queue, context.Message.Number);
        return Task.CompletedTask;
    }
}

/// <summary>The queue `done-too`.</summary>
internal sealed class DoneTooConsumer : IConsumer<JobDone>
{
    public const string Queue = "done-too";

    public Task Consume(ConsumeContext<JobDone> context)
    {
        Bench.Write(context, Queue, context.Message.Number);
        return Task.CompletedTask;
    }
}
