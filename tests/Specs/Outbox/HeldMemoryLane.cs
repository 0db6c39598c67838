using System.Text;
using BusIngest.Bus.Outbox;

namespace BusIngest.Specs.Outbox;

/// <summary>A lane that still reads its first chunk's memory while it answers for all others.</summary>
internal sealed class HeldMemoryLane : IOutboxLane
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReadOnlyMemory<byte>? _first;

    /// <summary>What the first chunk's memory holds now; empty before there is one.</summary>
    public string First => _first is { } memory ? Encoding.UTF8.GetString(memory.Span) : "";

    public void Release() => _release.SetResult();

    public async Task SendAsync(OutboxChunk chunk, CancellationToken cancellationToken)
    {
        if (_first is null)
        {
            _first = chunk.Records;
            await _release.Task;
        }
    }

    public Task WaitUntilCaughtUpAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
