using BusIngest.Bus.Outbox;

namespace BusIngest.Specs.Outbox;

/// <summary>A lane that shows what it was given, and answers when the test says so.</summary>
internal sealed class ManualLane : IOutboxLane
{
    private readonly Lock _gate = new();
    private readonly List<SentChunk> _sent = [];

    /// <summary>Whether it answers by itself.</summary>
    public bool Answers { get; set; }

    /// <summary>What it was given, in this order.</summary>
    public IReadOnlyList<SentChunk> Sent
    {
        get
        {
            lock (_gate)
                return [.. _sent];
        }
    }

    public async Task SendAsync(OutboxChunk chunk, CancellationToken cancellationToken)
    {
        var sent = new SentChunk(chunk);
        lock (_gate)
            _sent.Add(sent);
        if (Answers)
            await Task.Yield();
        else
            await sent.Answer.WaitAsync(cancellationToken);
    }

    public Task WaitUntilCaughtUpAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
