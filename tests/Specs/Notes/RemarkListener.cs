using System.Collections.Concurrent;

namespace BusIngest.Specs.Notes;

/// <summary>What happens to remarks.</summary>
internal sealed class RemarkListener
{
    private readonly ConcurrentQueue<string> _heard = new();

    /// <summary>Whether it throws at every remark.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>The texts that were heard.</summary>
    public IReadOnlyCollection<string> Heard => _heard;

    public void Hear(Remark remark)
    {
        if (IsDeaf)
            throw new FormatException($"'{remark.Text}' can't be heard");
        _heard.Enqueue(remark.Text);
    }
}
